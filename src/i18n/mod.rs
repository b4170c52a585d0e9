//! Texts about rules, failed calls, receivers and undo, made of the messages of [`crate::messages`].

pub(crate) mod clock;
pub(crate) mod failure;
pub(crate) mod fill;
pub(crate) mod progress;
pub(crate) mod refused;
pub(crate) mod texts;
pub(crate) mod undo;
mod words;

pub use crate::{
    i18n::{
        clock::clock_warning,
        failure::{Failure, OtherProfiles, permission},
        progress::{action, doctor_word, progress},
        refused::{Purpose, job_failure},
        texts::{ReceiverText, checklist, image_gone, receiver_text, receiver_texts, request_text},
        undo::{copy_stays, instances_stay, others_instances_stay, shares_stay, snapshots_stay},
        words::{remedy, sentence, short, state},
    },
    model::plain,
};
