//! The state of the console, and the functions on it that need no dialog.

pub(crate) mod accounts;
pub(crate) mod actions;
pub(crate) mod auto_refresh;
pub(crate) mod batch;
pub(crate) mod column;
pub(crate) mod due;
pub(crate) mod effect;
pub(crate) mod family;
pub(crate) mod follow;
pub(crate) mod gate;
pub(crate) mod hints;
pub(crate) mod jobs;
pub(crate) mod jump_list;
pub mod layout;
pub(crate) mod message;
pub(crate) mod query;
pub(crate) mod reads;
pub(crate) mod request;
pub(crate) mod row_cache;
pub(crate) mod session_end;
pub(crate) mod state;
pub(crate) mod table;
