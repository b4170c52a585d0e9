//! tui::app

pub(crate) mod actions;
pub(crate) mod auto_refresh;
pub(crate) mod batch;
pub(crate) mod effect;
pub(crate) mod family;
pub(crate) mod jump_list;
pub(crate) mod message;
pub(crate) mod row_cache;
pub(crate) mod session_end;
pub(crate) mod state;
pub(crate) mod table;
pub(crate) mod view_state;
