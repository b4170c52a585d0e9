//! What a zone sells.

/// An instance type in a zone, billed by the hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// `ap-guangzhou-3`
    pub zone: String,
    /// `S5.MEDIUM4`
    pub instance_type: String,
    /// Cores.
    pub cpu: u32,
    /// GiB of memory.
    pub memory_gib: u32,
    /// Whether there is any left (`SELL`); the sold out ones are listed too.
    pub sold: bool,
}
