//! Where a test cuts the power. A worker passes these points with every write and every call, and a test ends it at each
//! of them in turn; nothing else ever does.

use std::{pin::pin, sync::Arc, task::Poll};

/// What a worker is about to do, or has just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// About to write the journal.
    Write,
    /// Wrote it.
    Written,
    /// About to send a call.
    Send,
    /// Sent it.
    Sent,
    /// Have its answer.
    Answered,
}

/// Ends a worker at a point. For tests.
#[derive(Clone)]
pub struct Fuse(Option<Arc<dyn Fn(Point) -> bool + Send + Sync>>);

impl Fuse {
    /// One that never blows.
    pub fn none() -> Self {
        Self(None)
    }

    /// One that stops the worker for good where `blows` says so; what drives it can then be dropped.
    pub fn new(blows: impl Fn(Point) -> bool + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(blows)))
    }

    /// Tests of the program ask by the environment for the process to be killed at its n-th point. A release never does.
    pub(super) fn of_process() -> Self {
        #[cfg(debug_assertions)]
        if let Some(last) = std::env::var("CVMSHARE_TEST_KILL").ok().and_then(|n| n.parse::<u64>().ok()) {
            let passed = std::sync::atomic::AtomicU64::new(0);
            return Self::new(move |_| {
                if passed.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1 == last {
                    let own = rustix::process::getpid();
                    let _ = rustix::process::kill_process(own, rustix::process::Signal::KILL);
                }
                false
            });
        }
        Self::none()
    }

    pub(super) async fn pass(&self, point: Point) {
        if let Some(blows) = &self.0
            && blows(point)
        {
            std::future::pending::<()>().await;
        }
    }

    /// A call with its points.
    pub(super) async fn around<T>(&self, call: impl Future<Output = T>) -> T {
        if self.0.is_none() {
            return call.await;
        }
        self.pass(Point::Send).await;
        let mut call = pin!(call);
        let first = std::future::poll_fn(|context| Poll::Ready(call.as_mut().poll(context)));
        if let Poll::Ready(done) = first.await {
            return done;
        }
        // The connection's own task takes it to the wire.
        tokio::task::yield_now().await;
        self.pass(Point::Sent).await;
        let done = call.await;
        self.pass(Point::Answered).await;
        done
    }
}
