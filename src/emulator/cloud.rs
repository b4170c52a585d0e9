//! The state of the built-in cloud: the world, the rate limits, the faults and the log of calls.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use parking_lot::{Mutex, MutexGuard};
use serde::Serialize;
use serde_json::Value;

use super::{
    account::{Account, demo_accounts},
    actions::{Answer, Ctx, perform_action},
    bucket::Buckets,
    call::Call,
    clock::Clock,
    default_network::add_default_networks,
    fault::{self, Fault, FaultKind},
    gateway,
    options::{Error, Options},
    params::Params,
    refusal::{Refusal, refuse},
    resource::seeded_hash,
    scenes::{self, SceneOptions},
    store::Store,
    vendor_quirks::Quirks,
    world::World,
};
use crate::model::{RuleSet, Uin};

/// The most calls that the log holds.
const LOG: usize = 50_000;

/// One call in the log, as `GET /_emulator/calls` returns it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Logged {
    seq: u64,
    at: Timestamp,
    service: String,
    action: String,
    region: Option<String>,
    account: Option<Uin>,
    request: Value,
    outcome: String,
    request_id: String,
}

/// The answer to a call.
pub(super) struct Reply {
    /// The value of `Response`, as JSON.
    pub body: String,
    /// The fault that changes how the answer is sent.
    pub kind: Option<FaultKind>,
    /// The delay before the answer is sent.
    pub latency: Duration,
}

pub(super) struct Inner {
    pub world: World,
    pub faults: Vec<Fault>,
    pub calls: VecDeque<Logged>,
    seq: u64,
    buckets: Buckets,
    store: Option<Store>,
}

/// The built-in cloud.
pub(super) struct Cloud {
    inner: Mutex<Inner>,
    has_state_file: bool,
    accounts: Vec<Account>,
    rules: RuleSet,
    quirks: Quirks,
    speed: f64,
    clock: Clock,
    seed: u64,
}

impl Cloud {
    pub fn new(options: Options) -> Result<Self, Error> {
        let (store, kept) = match &options.state {
            None => (None, None),
            Some(path) => {
                let (store, kept) = Store::open(path)?;
                (Some(store), kept)
            }
        };
        let world = match kept {
            Some(mut world) => {
                // Worlds of older versions have no networks.
                let now = options.clock.now(world.ahead);
                add_default_networks(&mut world, now);
                world
            }
            None => {
                let scene = SceneOptions {
                    seed: options.seed,
                    images: options.images,
                    images_in: options.images_in,
                    speed: options.speed,
                    now: options.clock.now(0),
                };
                let world = scenes::make(options.scene, &scene)?;
                if let Some(store) = &store {
                    store.save(&world)?;
                }
                world
            }
        };
        Ok(Self {
            seed: world.seed,
            has_state_file: store.is_some(),
            inner: Mutex::new(Inner {
                world,
                faults: options.faults,
                calls: VecDeque::new(),
                seq: 0,
                buckets: Buckets::default(),
                store,
            }),
            accounts: demo_accounts(),
            rules: options.rules,
            quirks: options.quirks,
            speed: options.speed,
            clock: options.clock,
        })
    }

    /// Locks the state. With a state file, the lock is held while the file is written.
    pub fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock()
    }

    /// Returns whether calls can block on a file. Such calls must not run on an async worker thread.
    pub fn has_state_file(&self) -> bool {
        self.has_state_file
    }

    /// Returns the world's time.
    pub fn now(&self, inner: &Inner) -> Timestamp {
        self.clock.now(inner.world.ahead)
    }

    /// Advances the world's time. Returns the new time.
    pub fn advance(&self, seconds: i64) -> Result<Timestamp, Refusal> {
        let mut inner = self.lock();
        inner.world.ahead = inner.world.ahead.saturating_add(seconds);
        save(&inner)?;
        Ok(self.now(&inner))
    }

    /// Releases the state file.
    pub fn close(&self) {
        self.lock().store = None;
    }

    /// Processes a call: authenticates it, applies faults and rate limits, and performs the action.
    pub fn call(&self, call: &Call<'_>) -> Reply {
        let mut guard = self.lock();
        let inner = &mut *guard;
        inner.seq += 1;
        let request_id = self.request_id(inner.seq);
        let region = call.common("Region");
        let mut logged = Logged {
            seq: inner.seq,
            at: self.now(inner),
            service: call.service().to_owned(),
            action: call.common("Action").to_owned(),
            region: (!region.is_empty()).then(|| region.to_owned()),
            account: None,
            request: Value::Null,
            outcome: String::new(),
            request_id: request_id.clone(),
        };
        let mut reply = Reply { body: String::new(), kind: None, latency: Duration::ZERO };
        let answer = self.process(call, inner, &mut logged, &mut reply);
        let fault_word = reply.kind.as_ref().and_then(FaultKind::outcome);
        (logged.outcome, reply.body) = match answer {
            Ok(mut body) => {
                if reply.kind == Some(FaultKind::Empty) {
                    body = with_empty_lists(&body);
                }
                // `body` is a JSON object, and a request id needs no escaping.
                body.pop();
                let comma = if body.len() > 1 { "," } else { "" };
                body.push_str(&format!("{comma}\"RequestId\":\"{request_id}\"}}"));
                ("ok".to_owned(), body)
            }
            Err(refusal) => (refusal.code.to_string(), refusal.body(call.is_chinese(), &request_id)),
        };
        if let Some(word) = fault_word {
            logged.outcome = word;
        }
        if inner.calls.len() >= LOG {
            inner.calls.pop_front();
        }
        inner.calls.push_back(logged);
        reply
    }

    fn process(&self, call: &Call<'_>, inner: &mut Inner, logged: &mut Logged, reply: &mut Reply) -> Answer {
        let now = self.now(inner);
        let admitted = gateway::authenticate(call, &self.accounts, &inner.world, now, Timestamp::now())?;
        let api = admitted.api;
        // The credential may name the first label of an address instead of the service.
        api.service.clone_into(&mut logged.service);
        logged.account = Some(admitted.caller.uin.clone());
        let region = admitted.region.as_ref().map_or("", |r| r.as_str());
        let params = match &call.form {
            Some(form) => {
                let owned = form.action_params().map(|(name, value)| (name.to_owned(), value.to_owned()));
                Params::from_pairs(api, owned)
            }
            None if call.method == "GET" => Params::from_query(api, call.query),
            None => Params::from_json(api, call.body),
        };
        logged.request = params.as_ref().map_or(Value::Null, Params::for_log);
        let effect = fault::effect_on(&mut inner.faults, api.action, Some(region));
        reply.latency = effect.latency;
        reply.kind = effect.kind;
        match &reply.kind {
            Some(FaultKind::Error(code)) => {
                let message = "This error was asked for by a fault.".to_owned();
                return Err(Refusal { code: code.clone().into(), message });
            }
            Some(FaultKind::Throttle) => return rate_limited(api.rate),
            Some(FaultKind::Drop | FaultKind::Stall | FaultKind::Http(_)) => return Ok("{}".to_owned()),
            _ => {}
        }
        // The rate limits count real seconds, so they do not apply to a manual clock.
        let rate = api.rate * self.speed.max(1.0);
        if self.clock == Clock::Real
            && !inner.buckets.try_consume(api.action, region, &admitted.caller.uin, rate, Instant::now())
        {
            return rate_limited(api.rate);
        }
        let params = params?;
        let mut ctx = Ctx {
            world: &mut inner.world,
            rules: self.rules,
            quirks: &self.quirks,
            speed: self.speed,
            now,
            region: admitted.region,
            caller: &admitted.caller,
            params: &params,
            chinese: call.is_chinese(),
            request_id: &logged.request_id,
            copies_fail: effect.copies_fail,
            changed: false,
        };
        let answer = perform_action(api.service, api.action, &mut ctx);
        if ctx.changed {
            save(inner)?;
        }
        answer
    }

    /// Returns a UUID. With a manual clock it derives from the seed and the call's number, so that screenshots do not
    /// change.
    fn request_id(&self, seq: u64) -> String {
        match self.clock {
            Clock::Real => uuid::Uuid::new_v4(),
            Clock::Manual(_) => {
                let mut rng = fastrand::Rng::with_seed(seeded_hash(self.seed, &format!("request:{seq}")));
                uuid::Builder::from_random_bytes(rng.u128(..).to_be_bytes()).into_uuid()
            }
        }
        .to_string()
    }
}

fn rate_limited<T>(rate: f64) -> Result<T, Refusal> {
    refuse(
        "RequestLimitExceeded",
        format!(
            "Your current request times equals to `{}` in a second, which exceeds the frequency limit `{rate}` for a \
             second. Please reduce the frequency of calls.",
            rate + 1.0
        ),
    )
}

/// Saves the world if there is a state file.
fn save(inner: &Inner) -> Result<(), Refusal> {
    let Some(store) = &inner.store else { return Ok(()) };
    store.save(&inner.world).or_else(|error| {
        tracing::error!(%error, "the built-in cloud could not keep its world");
        refuse("InternalError", format!("The built-in cloud could not keep its world: {error}"))
    })
}

/// Returns the answer with empty lists, as from a replica that has not seen the latest change.
fn with_empty_lists(body: &str) -> String {
    let mut fields: serde_json::Map<String, Value> = serde_json::from_str(body).unwrap_or_default();
    for (name, value) in &mut fields {
        match value {
            Value::Array(rows) => rows.clear(),
            Value::Number(_) if name == "TotalCount" => *value = 0.into(),
            _ => {}
        }
    }
    Value::Object(fields).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_cannot_be_saved_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let state = Some(folder.path().join("world.json"));
        let cloud = Cloud::new(Options { state, ..Options::default() }).unwrap();
        cloud.advance(1).unwrap();
        // Replaces the folder by a file, so that nothing can be written below it.
        let path = folder.path().to_owned();
        folder.close().unwrap();
        std::fs::write(&path, "").unwrap();
        let refusal = cloud.advance(1);
        std::fs::remove_file(&path).unwrap();
        let refusal = refusal.unwrap_err();
        assert_eq!(refusal.code, "InternalError");
        assert!(refusal.message.starts_with("The built-in cloud could not keep its world: "), "{refusal:?}");
    }
}
