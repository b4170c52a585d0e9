//! Instance types that zones sell.

/// An instance type in a zone, billed by the hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The zone, such as `ap-guangzhou-3`.
    pub zone: String,
    /// The instance type, such as `S5.MEDIUM4`.
    pub instance_type: String,
    /// The number of CPU cores.
    pub cpu: u32,
    /// The memory in GiB.
    pub memory_gib: u32,
    /// Whether the type is available (`SELL`). Types that are sold out are listed as well.
    pub sold: bool,
}
