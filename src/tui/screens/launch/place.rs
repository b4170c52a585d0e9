//! The region of a launch: where the image is, where a copy is, and where a copy could be made first.

use ratatui::layout::Rect;

use crate::{
    facts::Load,
    i18n,
    messages::{m, tr},
    model::{Catalog, ImageId, Region},
    rules::{Action, Code, CopyLookup, Reason, Remedy},
    tui::{
        app::{
            effect::Effect,
            reads,
            state::{State, dialog::DialogOutcome},
        },
        screens::{
            flow::Flow,
            launch::{Focus, LaunchForm},
            tabs::regions::all as regions_of,
        },
        widgets::{list::window, paint::Painter, theme::Role},
    },
};

/// How an instance can be launched in a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Availability {
    /// The image is in the region.
    Here,
    /// A copy is in the region and is launched instead.
    Copy(ImageId),
    /// The image has to be copied to the region first.
    CopyFirst,
    /// It is not possible for this reason.
    Cannot(Reason),
}

impl LaunchForm {
    /// Returns the regions: the image's own, then those with a copy, then those that it can be copied to, then the
    /// others.
    pub(crate) fn availabilities(&self, state: &State) -> Vec<(Region, Availability)> {
        let catalog = Catalog::get();
        let place = |r: &Region| catalog.iter().position(|known| known.region == *r).unwrap_or(usize::MAX);
        let mut all: Vec<(Region, Availability)> =
            regions_of(state).into_iter().map(|r| (r.clone(), self.availability(state, r))).collect();
        all.sort_by_key(|(region, way)| {
            let rank = match way {
                Availability::Here => 0,
                Availability::Copy(_) => 1,
                Availability::CopyFirst => 2,
                Availability::Cannot(_) => 3,
            };
            (rank, place(region))
        });
        all
    }

    fn availability(&self, state: &State, region: Region) -> Availability {
        let launch = Action::Launch {
            image: self.image.clone(),
            region: Some(region),
            zone: None,
            instance_type: None,
            name: None,
        };
        let verdict = state.facts.verdict(&launch);
        let other = verdict.reasons.iter().find(|r| r.code == Code::LaunchOtherRegion);
        let Some(reason) = other.cloned() else {
            return Availability::Here;
        };
        match &reason.remedy {
            Remedy::Choose(Some(copy)) => {
                copy.parse().map_or(Availability::Cannot(reason), Availability::Copy)
            }
            Remedy::Do(first) => match state.facts.verdict(first).reasons.first() {
                Some(first) => Availability::Cannot(first.clone()),
                None => Availability::CopyFirst,
            },
            _ => Availability::Cannot(reason),
        }
    }

    /// Returns whether the image in a region is not a recorded copy, but has the name, size and system of one.
    fn is_alike(&self, state: &State, region: &Region) -> bool {
        let image = state.facts.image(&self.image);
        image.is_some_and(|image| state.facts.copy_in(image, region) == CopyLookup::NotFound)
    }

    /// Chooses a region: continues with the image or its copy, or opens the form that makes the copy first.
    pub(crate) fn choose_region(&mut self, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let Some((region, way)) = self.availabilities(state).into_iter().nth(self.region_cursor) else {
            return DialogOutcome::Stay;
        };
        match way {
            Availability::Here => self.focus = Focus::Zone,
            Availability::Copy(copy) => {
                self.image = copy;
                self.region = region;
                (self.zone, self.kind, self.region_cursor) = (None, None, 0);
                reads::load(state, Load::Offers(self.region.clone()), effects);
                self.focus = Focus::Zone;
            }
            Availability::CopyFirst => {
                let flow = Flow::copy_then_launch(self.image.clone(), region, state, effects);
                return DialogOutcome::Replace(Box::new(flow));
            }
            Availability::Cannot(reason) => {
                let way = i18n::remedy(&reason.remedy, reason.code, state.lang);
                let text = format!("{} {way}", i18n::sentence(reason.code, &reason.args, state.lang));
                self.messages.push((text.trim_end().to_owned(), Role::Bad));
            }
        }
        DialogOutcome::Stay
    }

    pub(crate) fn draw_regions(&self, state: &State, painter: &mut Painter<'_>, area: Rect) {
        let lang = state.lang;
        let ways = self.availabilities(state);
        let rows = usize::from(area.height);
        let top = window(self.region_cursor, rows);
        for (n, (region, way)) in ways.iter().enumerate().skip(top).take(rows) {
            let y = area.y + (n - top) as u16;
            painter.entry(area.x, y, 18, region.as_str(), n == self.region_cursor, Role::Plain);
            let (text, role) = match way {
                Availability::Here => (lang.text(m::common_image_here).to_owned(), Role::Good),
                Availability::Copy(id) if self.is_alike(state, region) => {
                    (tr!(lang, launch_copy_probable, id), Role::Good)
                }
                Availability::Copy(id) => (tr!(lang, share_copy_exists, id), Role::Good),
                Availability::CopyFirst => (lang.text(m::launch_copy_first).into(), Role::Plain),
                Availability::Cannot(r) => {
                    (tr!(lang, common_cannot, short = i18n::short(r.code, &r.args, state.lang)), Role::Bad)
                }
            };
            painter.text(area.x + 21, y, area.width.saturating_sub(21), &text, role);
        }
    }
}
