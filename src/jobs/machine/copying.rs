//! Requests copies, finds them again, and waits until they are NORMAL.

use jiff::Timestamp;

use super::{EMPTY_READS, LaneStep, MAX_SENDS, Machine, failure};
use crate::{
    jobs::{
        answer::{Answer, Class, class},
        job::{Call, CellState},
        observe,
    },
    messages::text,
    model::{Image, ImageId, ImageState, JobFailure, Region},
};

impl Machine {
    /// Returns one call for each group of regions that need a copy now.
    pub(super) fn copies(&mut self, due: &[usize], now: Timestamp) -> Vec<Call> {
        let mut groups: Vec<(u32, Vec<usize>)> = Vec::new();
        for place in due.iter().copied().filter(|p| self.lanes[*p].step == LaneStep::Send) {
            let group = self.lanes[place].group;
            match groups.iter_mut().find(|(g, _)| *g == group) {
                Some((_, places)) => places.push(place),
                None => groups.push((group, vec![place])),
            }
        }
        let mut calls = Vec::with_capacity(groups.len());
        for (_, places) in groups {
            let mut to = Vec::with_capacity(places.len());
            let mut copy_name = String::new();
            for place in places {
                self.lanes[place].busy = true;
                let cell = &mut self.job.cells[place];
                cell.state = CellState::Copying;
                cell.since = cell.since.or(Some(now));
                cell.attempt += 1;
                to.push(cell.region.clone());
                copy_name.clone_from(&cell.name);
            }
            calls.push(Call::Copy { to, name: copy_name });
        }
        calls
    }

    pub(super) fn on_copy(&mut self, to: &[Region], answer: &Answer, now: Timestamp) {
        let mut places: Vec<usize> = to.iter().filter_map(|r| self.place(r)).collect();
        for place in &places {
            (self.lanes[*place].busy, self.lanes[*place].last_answer) = (false, Some(now));
        }
        if let Answer::Copied(images) = answer {
            for place in places {
                let id = images.iter().find(|(r, _)| *r == self.job.cells[place].region).map(|(_, id)| id);
                self.copied(place, id.cloned(), now);
            }
            return;
        }
        // Ignore regions that were left out while the call was in progress.
        places.retain(|p| self.lanes[*p].step == LaneStep::Send);
        let together = places.len() > 1;
        match answer {
            Answer::Unsent { .. } => self.wait_to_send(&places, now),
            Answer::Refused { code, text } => {
                let why = failure(code, text, "SyncImages");
                match class(code) {
                    Class::SignIn => {
                        self.pause(code, text);
                        places.iter().for_each(|p| self.job.cells[*p].state = CellState::Waiting);
                    }
                    Class::Throttled | Class::Busy => self.wait_to_send(&places, now),
                    Class::Denied | Class::Image | Class::Gone => {
                        places.into_iter().for_each(|p| self.fail(p, why.clone()));
                    }
                    Class::Doubtful => self.look_for_copies(&places, &why, together, now),
                    kind if together => {
                        // It is not documented whether a refused batch may have been carried out in part, so
                        // look for copies first.
                        for place in &places {
                            self.job.cells[*place].doubt |= kind != Class::NameTaken;
                            self.seek(*place, 1, now);
                        }
                        self.split_batch(&places);
                    }
                    Class::NameTaken if places.iter().any(|p| self.job.cells[*p].doubt) => {
                        self.look_for_copies(&places, &why, false, now);
                    }
                    _ => places.into_iter().for_each(|p| self.fail(p, why.clone())),
                }
            }
            Answer::Lost { text } => {
                let why = JobFailure::new("lost", text.clone());
                let again = places.iter().any(|p| self.lanes[*p].unclear > 0);
                self.look_for_copies(&places, &why, together && again, now);
            }
            // The worker never passes another answer to this call.
            _ => self.look_for_copies(&places, &JobFailure::new("lost", ""), together, now),
        }
    }

    fn copied(&mut self, place: usize, id: Option<ImageId>, now: Timestamp) {
        let lane = &mut self.lanes[place];
        let cell = &mut self.job.cells[place];
        if id.is_some() {
            cell.image = id;
        }
        if lane.step != LaneStep::Send {
            return;
        }
        lane.waits = 0;
        if cell.image.is_some() {
            lane.unclear = 0;
            lane.step = LaneStep::Watch { looks: 0, empty: 0 };
            self.later(place, 0, now);
        } else {
            let why = JobFailure::new("lost", text!(job_accepted_without_image));
            self.look_for_copies(&[place], &why, false, now);
        }
    }

    /// Handles a call that may have started copies: look for them before anything else.
    fn look_for_copies(&mut self, places: &[usize], why: &JobFailure, part: bool, now: Timestamp) {
        for place in places {
            self.job.cells[*place].doubt = true;
            let lane = &mut self.lanes[*place];
            lane.unclear += 1;
            lane.last = Some(why.clone());
            self.seek(*place, EMPTY_READS, now);
            self.later(*place, 0, now);
        }
        if part {
            self.split_batch(places);
        }
    }

    fn seek(&mut self, place: usize, enough: u32, now: Timestamp) {
        self.job.cells[place].state = CellState::Waiting;
        let lane = &mut self.lanes[place];
        lane.step = LaneStep::Seek { empty: 0, enough };
        lane.due = now;
    }

    /// Splits a batch in halves.
    fn split_batch(&mut self, places: &[usize]) {
        let (left, right) = places.split_at(places.len() / 2);
        for half in [left, right] {
            let group = self.new_group();
            half.iter().for_each(|p| self.lanes[*p].group = group);
        }
    }

    fn wait_to_send(&mut self, places: &[usize], now: Timestamp) {
        for place in places {
            self.job.cells[*place].state = CellState::Waiting;
            self.wait(*place, now);
        }
    }

    pub(super) fn on_find(&mut self, place: usize, answer: &Answer, now: Timestamp) {
        let LaneStep::Seek { empty, enough } = self.lanes[place].step else {
            return;
        };
        match answer {
            Answer::Image(Some(image))
                if self.job.cells[place].doubt && self.job.could_be_copy(&self.job.cells[place], image) =>
            {
                let lane = &mut self.lanes[place];
                (lane.unclear, lane.waits) = (0, 0);
                lane.step = LaneStep::Watch { looks: 0, empty: 0 };
                self.job.cells[place].image = Some(image.id.clone());
                self.store_image(place, image, now);
            }
            Answer::Image(Some(image)) => {
                let text = text!(job_name_taken, image = image.id);
                self.fail(place, JobFailure::new("InvalidImageName.Duplicate", text));
            }
            Answer::Image(None) if empty + 1 < enough => {
                self.lanes[place].step = LaneStep::Seek { empty: empty + 1, enough };
                self.later(place, empty + 1, now);
            }
            Answer::Image(None) => {
                let lane = &mut self.lanes[place];
                lane.waits = 0;
                if lane.unclear >= MAX_SENDS {
                    let lost = JobFailure::new("lost", "");
                    let why = lane.last.take().unwrap_or(lost);
                    self.fail(place, why);
                } else {
                    lane.step = LaneStep::Send;
                    lane.due = now;
                }
            }
            Answer::Refused { code, text } if class(code) == Class::SignIn => self.pause(code, text),
            Answer::Refused { code, text } if class(code) == Class::Denied => {
                self.fail(place, failure(code, text, "DescribeImages"));
            }
            _ => {
                // The region cannot be read now; the others of its group need not wait for it.
                self.lanes[place].group = self.new_group();
                self.wait(place, now);
            }
        }
    }

    pub(super) fn on_poll(&mut self, place: usize, answer: &Answer, now: Timestamp) {
        let LaneStep::Watch { looks, empty } = self.lanes[place].step else {
            return;
        };
        match answer {
            Answer::Image(Some(image)) if self.is_another(place, image) => self.not_the_copy(place, image),
            Answer::Image(Some(image)) => self.store_image(place, image, now),
            Answer::Refused { code, text } if class(code) == Class::SignIn => self.pause(code, text),
            Answer::Refused { code, text } if class(code) == Class::Denied => {
                self.fail(place, failure(code, text, "DescribeImages"));
            }
            Answer::Image(None) => self.not_seen(place, looks, empty + 1, now),
            Answer::Refused { code, .. } if class(code) == Class::Gone => {
                self.not_seen(place, looks, empty + 1, now);
            }
            _ => self.wait(place, now),
        }
    }

    fn not_seen(&mut self, place: usize, looks: u32, empty: u32, now: Timestamp) {
        if empty >= EMPTY_READS {
            self.image_gone(place, now);
        } else {
            let cell = &mut self.job.cells[place];
            cell.error = cell.not_listed();
            self.lanes[place].step = LaneStep::Watch { looks, empty };
            self.later(place, empty, now);
        }
    }

    /// The image no longer exists, and with it its shares.
    pub(super) fn image_gone(&mut self, place: usize, now: Timestamp) {
        let cell = &self.job.cells[place];
        let why = observe::gone_failure(cell.image.as_ref(), cell.seen, now);
        self.job.image_is_gone(place, now);
        self.fail(place, why);
    }

    /// Returns whether the image that SyncImages returned cannot be the requested copy. This is checked once,
    /// before the job waits for the image or shares it.
    fn is_another(&self, place: usize, image: &Image) -> bool {
        let cell = &self.job.cells[place];
        let failed = matches!(image.state, ImageState::CreateFailed | ImageState::ImportFailed);
        !cell.reused && cell.seen.is_none() && !failed && !self.job.matches_copy(cell, image)
    }

    fn not_the_copy(&mut self, place: usize, image: &Image) {
        let cell = &mut self.job.cells[place];
        // Undo must not delete this image, and a copy may still exist under its name.
        (cell.image, cell.percent, cell.doubt) = (None, None, true);
        let text = text!(job_not_the_copy, image = image.id);
        self.fail(place, JobFailure::new("not-the-copy", text));
    }

    /// Stores the state of the image after a read.
    fn store_image(&mut self, place: usize, image: &Image, now: Timestamp) {
        let LaneStep::Watch { looks, .. } = self.lanes[place].step else {
            return;
        };
        self.lanes[place].waits = 0;
        let cell = &mut self.job.cells[place];
        cell.found(image.created_at, now);
        (cell.percent, cell.error) = (image.sync_percent, None);
        match &image.state {
            ImageState::Normal => {
                cell.state = CellState::Ready;
                cell.percent = Some(100);
                let lane = &mut self.lanes[place];
                lane.step = LaneStep::Share;
                lane.due = now;
            }
            state @ (ImageState::CreateFailed | ImageState::ImportFailed) => {
                let text = text!(job_copy_failed, image = image.id);
                self.fail(place, JobFailure::new(state.as_str(), text));
            }
            _ => {
                cell.state = CellState::Copying;
                self.lanes[place].step = LaneStep::Watch { looks: looks + 1, empty: 0 };
                self.later(place, looks + 1, now);
            }
        }
    }
}
