//! The choices of the launch form: zone, type, name and network.

use std::collections::BTreeMap;

use crate::{
    messages::{Lang, m, tr},
    model::Offer,
    tui::{
        app::{
            effect::Effect,
            state::{
                State,
                dialog::{DialogOutcome, Input},
            },
        },
        keymap::Command,
        screens::launch::{Focus, LaunchForm},
        widgets::{fuzzy, list::move_cursor, theme::Role},
    },
};

/// The separators between a VPC and a subnet.
const BETWEEN: [char; 4] = [' ', ',', '/', ';'];

impl LaunchForm {
    /// Returns the region's zones by number, each with the number of types that it sells and the number that it
    /// lists.
    pub(crate) fn zones<'a>(&self, state: &'a State) -> Vec<(&'a str, usize, usize)> {
        let mut all: BTreeMap<(usize, &str), (usize, usize)> = BTreeMap::new();
        for offer in self.offers(state) {
            let (sold, listed) = all.entry((offer.zone.len(), &offer.zone)).or_default();
            *sold += usize::from(offer.sold);
            *listed += 1;
        }
        all.into_iter().map(|((_, zone), (sold, listed))| (zone, sold, listed)).collect()
    }

    /// Returns the zones that sell at least one type.
    pub(crate) fn open_zones<'a>(&self, state: &'a State) -> Vec<(&'a str, usize, usize)> {
        self.zones(state).into_iter().filter(|(_, sold, _)| *sold > 0).collect()
    }

    /// Returns the chosen zone, if it still sells a type.
    pub(crate) fn zone<'a>(&self, state: &'a State) -> Option<&'a str> {
        let chosen = |zone: &str| self.zone.as_ref().is_none_or(|z| z == zone);
        self.open_zones(state).into_iter().map(|(zone, ..)| zone).find(|zone| chosen(zone))
    }

    /// Returns the index of the chosen zone among the open zones.
    pub(crate) fn zone_cursor(&self, state: &State) -> usize {
        let zone = self.zone(state);
        self.open_zones(state).iter().position(|(z, ..)| Some(*z) == zone).unwrap_or(0)
    }

    fn choose_zone(&mut self, state: &State, at: usize) {
        self.zone = self.open_zones(state).get(at).map(|(zone, ..)| (*zone).to_owned());
        self.type_cursor = 0;
    }

    /// Returns the zone's types that match the filter: available types first, small ones before large ones, then
    /// sold-out ones.
    pub(crate) fn types<'a>(&self, state: &'a State) -> Vec<&'a Offer> {
        let zone = self.zone(state);
        let mut all: Vec<(usize, &Offer)> = self
            .offers(state)
            .iter()
            .filter(|o| Some(o.zone.as_str()) == zone)
            .filter_map(|o| Some((fuzzy::score(self.filter.text(), &filter_text(o, state.lang))?, o)))
            .collect();
        all.sort_by_key(|(fit, o)| (!o.sold, *fit, o.cpu, o.memory_gib, o.instance_type.as_str()));
        all.into_iter().map(|(_, o)| o).collect()
    }

    /// Returns the chosen type, if the chosen zone sells it.
    pub(crate) fn offer<'a>(&self, state: &'a State) -> Option<&'a Offer> {
        let (zone, kind) = (self.zone(state)?, self.kind.as_ref()?);
        self.offers(state).iter().find(|o| o.sold && o.zone == zone && o.instance_type == *kind)
    }

    /// Returns VPC and subnet, or `None` for the default network.
    ///
    /// # Errors
    ///
    /// A sentence about the typed text.
    pub(crate) fn chosen_network(&self, lang: Lang) -> Result<Option<(String, String)>, String> {
        let text = self.network.text();
        let parts: Vec<&str> = text.split(BETWEEN).filter(|p| !p.is_empty()).collect();
        let find = |prefix: &str| parts.iter().find(|p| p.starts_with(prefix)).map(|p| (*p).to_owned());
        match (parts.len(), find("vpc-"), find("subnet-")) {
            (0, ..) => Ok(None),
            (2, Some(vpc), Some(subnet)) => Ok(Some((vpc, subnet))),
            (1, None, Some(_)) => Err(lang.text(m::launch_subnet_needs_vpc).into()),
            (1, Some(_), None) => Err(lang.text(m::launch_vpc_needs_subnet).into()),
            _ => Err(lang.text(m::launch_network_format).into()),
        }
    }

    pub(crate) fn on_choices(
        &mut self,
        input: &Input,
        state: &mut State,
        effects: &mut Vec<Effect>,
    ) -> DialogOutcome {
        match input {
            Input::Command(Command::NextField) => self.focus = self.focus.step(1),
            Input::Command(Command::PrevField) => self.focus = self.focus.step(4),
            Input::Command(Command::Confirm) => return self.accept(state, effects),
            Input::Command(command) => match self.focus {
                Focus::Region => {
                    let regions = self.availabilities(state).len();
                    move_cursor(&mut self.region_cursor, regions, 10, *command);
                    self.messages.clear();
                }
                Focus::Zone => {
                    let mut at = self.zone_cursor(state);
                    if move_cursor(&mut at, self.open_zones(state).len(), 10, *command) {
                        self.choose_zone(state, at);
                    }
                }
                Focus::Type => {
                    let types = self.types(state).len();
                    move_cursor(&mut self.type_cursor, types, 10, *command);
                }
                Focus::Name | Focus::Network => match command {
                    Command::Up => self.focus = self.focus.step(4),
                    Command::Down => self.focus = self.focus.step(1),
                    _ => {}
                },
            },
            Input::Typed(key) => {
                if let Some(field) = self.field() {
                    field.handle_key(*key);
                }
                self.on_typed();
            }
            Input::Paste(text) => {
                if let Some(field) = self.field() {
                    field.insert(text);
                }
                self.on_typed();
            }
        }
        DialogOutcome::Stay
    }

    fn field(&mut self) -> Option<&mut crate::tui::widgets::field::TextField> {
        match self.focus {
            Focus::Region | Focus::Zone => None,
            Focus::Type => Some(&mut self.filter),
            Focus::Name => Some(&mut self.name),
            Focus::Network => Some(&mut self.network),
        }
    }

    fn on_typed(&mut self) {
        self.messages.clear();
        if self.focus == Focus::Type {
            self.type_cursor = 0;
        }
    }

    /// Processes Enter: chooses the entry under the cursor and moves to the next field, or from the last field to the
    /// review.
    fn accept(&mut self, state: &mut State, effects: &mut Vec<Effect>) -> DialogOutcome {
        let lang = state.lang;
        self.messages.clear();
        match self.focus {
            Focus::Region => return self.choose_region(state, effects),
            Focus::Type => match self.types(state).get(self.type_cursor) {
                Some(offer) if offer.sold => {
                    self.kind = Some(offer.instance_type.clone());
                    self.focus = Focus::Name;
                }
                Some(offer) => {
                    let text = tr!(
                        lang,
                        launch_is_sold_out_in,
                        instance_type = offer.instance_type,
                        zone = offer.zone
                    );
                    self.messages.push((text, Role::Bad));
                }
                None => {}
            },
            Focus::Network => self.review(state, effects),
            Focus::Zone => {
                self.choose_zone(state, self.zone_cursor(state));
                self.focus = Focus::Type;
            }
            Focus::Name => self.focus = Focus::Network,
        }
        DialogOutcome::Stay
    }
}

/// Returns the text of a type that the filter matches.
fn filter_text(offer: &Offer, lang: Lang) -> String {
    format!("{} {}", offer.instance_type, size(offer, lang))
}

/// Formats the size of a type: `2 cores · 4 GiB`.
pub(crate) fn size(offer: &Offer, lang: Lang) -> String {
    format!("{} · {} GiB", tr!(lang, count_cores, n = offer.cpu), offer.memory_gib)
}

/// Returns the fix for an error code of RunInstances, and the field that it concerns.
pub(crate) fn fix(code: &str, lang: Lang) -> Option<(Option<Focus>, &'static str)> {
    let has = |part: &str| code.contains(part);
    Some(if has("InvalidImageForGivenInstanceType") {
        (Some(Focus::Type), lang.text(m::launch_choose_type_for_images))
    } else if has("InvalidImageId.NotFound") {
        (None, lang.text(m::launch_image_gone))
    } else if has("Vpc") || has("Subnet") {
        (Some(Focus::Network), lang.text(m::launch_network_fix))
    } else if has("Zone") {
        (Some(Focus::Zone), lang.text(m::launch_choose_another_zone))
    } else if code.starts_with("ResourceInsufficient") || code.starts_with("ResourcesSoldOut") {
        (Some(Focus::Type), lang.text(m::launch_choose_another_type_or_another))
    } else if has("InstanceName") {
        (Some(Focus::Name), lang.text(m::launch_shorten_name))
    } else if has("InstanceType") {
        (Some(Focus::Type), lang.text(m::launch_choose_another_type))
    } else {
        return None;
    })
}
