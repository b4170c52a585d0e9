//! Failpoints: tests stop a worker or kill the process before and after each write of the journal and each
//! call to the cloud. They do nothing without the feature `test-support`.

/// A point in a worker's execution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failpoint {
    /// Before a write of the journal.
    BeforeWrite,
    /// After a write of the journal.
    AfterWrite,
    /// Before a call is sent.
    BeforeSend,
    /// After a call was sent, before its answer.
    AfterSend,
    /// After the answer to a call.
    AfterAnswer,
}

/// Stops a worker at a failpoint.
#[derive(Clone, Default)]
pub struct Failpoints {
    #[cfg(feature = "test-support")]
    stops_at: Option<std::sync::Arc<dyn Fn(Failpoint) -> bool + Send + Sync>>,
}

#[cfg(feature = "test-support")]
impl Failpoints {
    /// Suspends the worker forever at the first failpoint for which `stops_at` returns true. The test then
    /// drops the worker.
    pub fn new(stops_at: impl Fn(Failpoint) -> bool + Send + Sync + 'static) -> Self {
        Self { stops_at: Some(std::sync::Arc::new(stops_at)) }
    }

    /// Kills the process at its n-th failpoint if the environment contains `CVMSHARE_TEST_KILL=n`.
    pub(super) fn from_env() -> Self {
        use std::sync::atomic::{AtomicU64, Ordering};
        let Some(last) = std::env::var("CVMSHARE_TEST_KILL").ok().and_then(|n| n.parse::<u64>().ok()) else {
            return Self::default();
        };
        let passed = AtomicU64::new(0);
        Self::new(move |_| {
            if passed.fetch_add(1, Ordering::SeqCst) + 1 == last {
                let own = rustix::process::getpid();
                let _ = rustix::process::kill_process(own, rustix::process::Signal::KILL);
            }
            false
        })
    }

    pub(super) async fn pass(&self, point: Failpoint) {
        if let Some(stops_at) = &self.stops_at
            && stops_at(point)
        {
            std::future::pending::<()>().await;
        }
    }

    /// Makes a call and passes the failpoints around it.
    pub(super) async fn around_call<T>(&self, call: impl Future<Output = T>) -> T {
        if self.stops_at.is_none() {
            return call.await;
        }
        self.pass(Failpoint::BeforeSend).await;
        let mut call = std::pin::pin!(call);
        if let Some(done) = futures_util::FutureExt::now_or_never(&mut call) {
            return done;
        }
        // The task of the connection sends the request.
        tokio::task::yield_now().await;
        self.pass(Failpoint::AfterSend).await;
        let done = call.await;
        self.pass(Failpoint::AfterAnswer).await;
        done
    }
}

#[cfg(not(feature = "test-support"))]
impl Failpoints {
    pub(super) fn from_env() -> Self {
        Self::default()
    }

    pub(super) async fn pass(&self, _: Failpoint) {}

    pub(super) async fn around_call<T>(&self, call: impl Future<Output = T>) -> T {
        call.await
    }
}
