//! What can be bought: operating systems of images and types of instances.

/// An operating system, as the API describes an image of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Os {
    /// The word for it in scenes.
    pub word: &'static str,
    /// `OsName`.
    pub name: &'static str,
    /// `Platform`.
    pub platform: &'static str,
    /// `Architecture`.
    pub arch: &'static str,
    /// GiB of the public image.
    pub size_gib: u32,
}

macro_rules! systems {
    ($($word:literal $name:literal $platform:literal $arch:literal $size:literal;)*) => {
        &[$(Os { word: $word, name: $name, platform: $platform, arch: $arch, size_gib: $size },)*]
    };
}

/// The systems; each is a public image in every region.
pub(super) const SYSTEMS: &[Os] = systems! {
    "ubuntu-24" "Ubuntu Server 24.04 LTS 64bit" "Ubuntu" "x86_64" 20;
    "ubuntu-22" "Ubuntu Server 22.04 LTS 64bit" "Ubuntu" "x86_64" 20;
    "debian-12" "Debian 12.0 64bit" "Debian" "x86_64" 20;
    "debian-12-arm" "Debian 12.0 ARM 64bit" "Debian" "arm" 20;
    "tencentos-4" "TencentOS Server 4 for x86_64" "TencentOS" "x86_64" 20;
    "centos-7" "CentOS 7.9 64bit" "CentOS" "x86_64" 20;
    "windows-2022" "Windows Server 2022 Datacenter 64bit" "Windows" "x86_64" 50;
};

/// The system of that word; the first where there is none.
pub(super) fn system(word: &str) -> Os {
    SYSTEMS.iter().copied().find(|s| s.word == word).unwrap_or(SYSTEMS[0])
}

/// A type of instance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    pub name: &'static str,
    pub family: &'static str,
    pub type_name: &'static str,
    pub cpu: u32,
    pub memory_gib: u32,
    pub arch: &'static str,
    pub cpu_type: &'static str,
    /// For an hour, in US dollars.
    pub price: f64,
}

macro_rules! types {
    ($($name:literal $family:literal $type_name:literal $cpu:literal $mem:literal $arch:literal $cpu_type:literal $price:literal;)*) => {
        &[$(Type {
            name: $name, family: $family, type_name: $type_name, cpu: $cpu, memory_gib: $mem, arch: $arch,
            cpu_type: $cpu_type, price: $price,
        },)*]
    };
}

/// The types that every zone sells.
pub(super) const TYPES: &[Type] = types! {
    "S5.SMALL2" "S5" "Standard S5" 1 2 "x86_64" "Intel Xeon Cascade Lake 8255C" 0.03;
    "S5.MEDIUM4" "S5" "Standard S5" 2 4 "x86_64" "Intel Xeon Cascade Lake 8255C" 0.07;
    "S5.LARGE8" "S5" "Standard S5" 4 8 "x86_64" "Intel Xeon Cascade Lake 8255C" 0.13;
    "S5.2XLARGE16" "S5" "Standard S5" 8 16 "x86_64" "Intel Xeon Cascade Lake 8255C" 0.27;
    "SA5.MEDIUM4" "SA5" "Standard SA5" 2 4 "x86_64" "AMD EPYC Bergamo" 0.05;
    "SA5.LARGE8" "SA5" "Standard SA5" 4 8 "x86_64" "AMD EPYC Bergamo" 0.11;
    "M5.LARGE32" "M5" "MEM Optimized M5" 4 32 "x86_64" "Intel Xeon Cascade Lake 8255C" 0.24;
    "SR1.MEDIUM4" "SR1" "Standard SR1" 2 4 "arm" "Ampere Altra" 0.05;
    "SR1.LARGE8" "SR1" "Standard SR1" 4 8 "arm" "Ampere Altra" 0.10;
};

/// A type by its name.
pub(super) fn instance_type(name: &str) -> Option<Type> {
    TYPES.iter().copied().find(|t| t.name == name)
}
