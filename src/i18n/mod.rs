//! Every sentence a person reads, by code, in English and Chinese.
//!
//! The texts are tables, one file a language (`en`, `zh`): for each code a sentence, a short form for one line of the
//! pane, and what to do. Each of them is a list of variants, the most telling first; the first one whose figures are
//! all there is used, and the last needs none, so that a refusal of the server finds words too.

pub(crate) mod clock;
mod en;
pub(crate) mod failure;
pub(crate) mod fill;
pub(crate) mod lang;
pub(crate) mod looked_at;
pub(crate) mod ours;
pub(crate) mod progress;
pub(crate) mod refused;
mod table;
pub(crate) mod texts;
pub(crate) mod undo;
mod words;
mod zh;

pub use crate::{
    i18n::{
        clock::clock_warning,
        failure::{Failure, Others, permission},
        lang::{Lang, Text},
        looked_at::{looked_at, origin},
        ours::ours,
        progress::{action, progress},
        refused::{Purpose, job_failure},
        texts::{
            ReceiverText, checklist, image_gone, made_unrecorded, receiver_text, receiver_texts, request_text,
        },
        undo::{copy_stays, instances_stay, others_instances_stay, shares_stay, snapshots_stay},
        words::{remedy, sentence, short, state},
    },
    model::plain,
};
