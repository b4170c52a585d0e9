//! The backend API client: sign, send, throttle, retry; wire shapes as the API spells them; errors by code.

pub mod sign;
pub mod wire;
