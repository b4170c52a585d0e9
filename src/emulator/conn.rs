//! Connections: accepted up to a limit, cut by a fault or when the built-in cloud ends, closed when they idle.

use std::{
    convert::Infallible,
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

use super::response::Response;

/// Connections that are open at once, of one port; more wait in the system's queue.
pub(super) const CONNECTIONS: usize = 512;

/// How long a connection may say nothing: before a request's headers are whole, in a body, in a TLS handshake.
pub(super) const IDLE: Duration = Duration::from_secs(75);

/// The longest head of a request: the query may have 32 KB.
pub(super) const LONGEST_HEAD: usize = 64 << 10;

/// Cuts one connection: nothing more is read from it or written to it.
#[derive(Debug, Clone)]
pub(super) struct Knife {
    pub cut: CancellationToken,
    /// The connection counts for as long as anybody holds a knife to it.
    _place: Arc<OwnedSemaphorePermit>,
}

/// Accepts connections until the token is cancelled, so many at once, and gives each of them to a task of its own.
pub(super) async fn accept<F>(
    listener: TcpListener,
    all: CancellationToken,
    places: usize,
    converse: impl Fn(Conn, Knife) -> F,
) where
    F: Future<Output = ()> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(places));
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await.ok()?;
            Some((place, listener.accept().await))
        };
        let accepted = tokio::select! {
            accepted = next => accepted,
            () = all.cancelled() => return,
        };
        match accepted {
            Some((place, Ok((stream, _)))) => {
                // Answers are small and wanted at once; where it cannot be set they only come later.
                let _ = stream.set_nodelay(true);
                let cut = all.child_token();
                let conn = Conn { stream, cut: Box::pin(cut.clone().cancelled_owned()) };
                tokio::spawn(converse(conn, Knife { cut, _place: Arc::new(place) }));
            }
            // One connection failed, or there are too many: the next one may do better.
            Some((_, Err(error))) => {
                tracing::debug!(%error, "the built-in cloud could not accept a connection");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            None => return,
        }
    }
}

/// Answers the requests of one connection until it closes, is cut or says nothing for so long.
pub(super) async fn serve<I, F>(io: I, idle: Duration, answer: impl Fn(Request<Incoming>) -> F)
where
    I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    F: Future<Output = Response> + Send,
{
    let service = service_fn(|request| {
        let answer = answer(request);
        async move { Ok::<_, Infallible>(answer.await) }
    });
    let conversation = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(idle)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(io), service)
        .with_upgrades();
    if let Err(error) = conversation.await {
        tracing::debug!(%error, "a connection to the built-in cloud broke");
    }
}

/// A connection that ends when it is cut.
pub(super) struct Conn {
    stream: TcpStream,
    cut: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl Conn {
    fn whole(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        match self.cut.as_mut().poll(cx) {
            Poll::Ready(()) => Err(io::ErrorKind::ConnectionAborted.into()),
            Poll::Pending => Ok(()),
        }
    }
}

impl AsyncRead for Conn {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Err(e) = self.whole(cx) {
            return Poll::Ready(Err(e));
        }
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Conn {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if let Err(e) = self.whole(cx) {
            return Poll::Ready(Err(e));
        }
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let Err(e) = self.whole(cx) {
            return Poll::Ready(Err(e));
        }
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::emulator::response::json;

    const LONG: Duration = Duration::from_secs(20);

    /// What comes back until the connection closes, which it has to do.
    async fn rest(stream: &mut (impl AsyncRead + Unpin)) -> String {
        let mut got = Vec::new();
        let read = stream.read_to_end(&mut got);
        let _ = tokio::time::timeout(LONG, read).await.expect("the connection stays open");
        String::from_utf8_lossy(&got).into_owned()
    }

    #[tokio::test]
    async fn a_connection_that_says_nothing_is_closed() {
        let idle = Duration::from_millis(20);
        for said in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"] {
            let (ours, mut theirs) = tokio::io::duplex(1024);
            theirs.write_all(said.as_bytes()).await.unwrap();
            tokio::join!(serve(ours, idle, async |_| json("here")), async {
                let got = rest(&mut theirs).await;
                assert_eq!(got.ends_with("here"), said.ends_with("\r\n\r\n"), "{said:?}: {got}");
            });
        }
    }

    #[tokio::test]
    async fn heads_are_taken_up_to_the_limit() {
        for (length, status) in [(LONGEST_HEAD - 1024, "200 OK"), (LONGEST_HEAD + 1, "431 ")] {
            let (ours, mut theirs) = tokio::io::duplex(1024);
            let head =
                format!("GET / HTTP/1.1\r\nConnection: close\r\nX-Long: {}\r\n\r\n", "x".repeat(length));
            tokio::join!(serve(ours, LONG, async |_| json("here")), async {
                // It may close while we still write.
                let _ = theirs.write_all(head.as_bytes()).await;
                let got = rest(&mut theirs).await;
                assert!(got.starts_with(&format!("HTTP/1.1 {status}")), "{length}: {got}");
            });
        }
    }

    #[tokio::test]
    async fn connections_beyond_the_limit_wait_for_a_place() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let all = CancellationToken::new();
        let port = tokio::spawn(accept(listener, all.clone(), 2, |conn, knife| async move {
            let knife = &knife;
            serve(conn, LONG, async |request| {
                let _ = (knife, request.into_body().collect().await);
                json("here")
            })
            .await;
        }));
        let ask = async || {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
            stream
        };
        let answered = async |stream: &mut TcpStream| {
            let mut got = Vec::new();
            while !got.ends_with(b"here") {
                got.push(tokio::time::timeout(LONG, stream.read_u8()).await.unwrap().unwrap());
            }
        };
        let (mut first, mut second) = (ask().await, ask().await);
        answered(&mut first).await;
        answered(&mut second).await;
        // Those that are open are still served; the third one is not, until one of them goes.
        let mut third = ask().await;
        first.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        answered(&mut first).await;
        assert_eq!(third.try_read(&mut [0]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        drop(first);
        answered(&mut third).await;
        all.cancel();
        port.await.unwrap();
        assert_eq!(rest(&mut third).await, "");
    }
}
