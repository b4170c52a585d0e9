//! Connections. They are accepted up to a limit, closed when idle, and cancelled by a fault or when the built-in cloud
//! ends.

use std::{
    convert::Infallible,
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use futures_util::future::BoxFuture;
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

use super::response::Response;

/// The most open connections of one port. Further ones wait in the system's queue.
pub(super) const CONNECTIONS: usize = 512;

/// How long a connection may be silent before it is closed: before the headers of a request are complete, within a
/// body, or in a TLS handshake.
pub(super) const IDLE: Duration = Duration::from_secs(75);

/// The most bytes of a request's head. A query may have 32 KB.
pub(super) const LONGEST_HEAD: usize = 64 << 10;

/// A stream that carries requests: TCP, a tunnel through the proxy, or TLS in such a tunnel.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// Answers one request. Handlers and streams are boxed, so that hyper's connection code is compiled once.
pub(super) type Handler = Box<dyn Fn(Request<Incoming>) -> BoxFuture<'static, Response> + Send + Sync>;

/// Serves one connection.
pub(super) type Server =
    Box<dyn Fn(CancellableStream, ConnectionHandle) -> BoxFuture<'static, ()> + Send + Sync>;

/// Closes one connection: nothing more is read from it or written to it.
#[derive(Debug, Clone)]
pub(super) struct ConnectionHandle {
    token: CancellationToken,
    /// Counts the connection as open until the last handle is dropped.
    _permit: Arc<OwnedSemaphorePermit>,
}

impl ConnectionHandle {
    pub fn close(&self) {
        self.token.cancel();
    }
}

/// Accepts at most `most` connections at once, and serves each in its own task, until `stop` is cancelled.
pub(super) async fn accept(listener: TcpListener, stop: CancellationToken, most: usize, serve: Server) {
    let permits = Arc::new(Semaphore::new(most));
    loop {
        let next = async {
            let permit = permits.clone().acquire_owned().await.ok()?;
            Some((permit, listener.accept().await))
        };
        let accepted = tokio::select! {
            accepted = next => accepted,
            () = stop.cancelled() => return,
        };
        match accepted {
            Some((permit, Ok((stream, _)))) => {
                // Avoids delays of small answers. A failure here does no harm.
                let _ = stream.set_nodelay(true);
                let token = stop.child_token();
                let stream =
                    CancellableStream { stream, cancelled: Box::pin(token.clone().cancelled_owned()) };
                tokio::spawn(serve(stream, ConnectionHandle { token, _permit: Arc::new(permit) }));
            }
            // One connection failed, or the process has too many open files. Try again after a pause.
            Some((_, Err(error))) => {
                tracing::debug!(%error, "the built-in cloud could not accept a connection");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            None => return,
        }
    }
}

/// Answers the requests of one connection until it closes, is cancelled, or is silent for `idle`.
pub(super) async fn serve(stream: Box<dyn Stream>, idle: Duration, handler: Handler) {
    let service = service_fn(|request| {
        let response = handler(request);
        async move { Ok::<_, Infallible>(response.await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(idle)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a connection to the built-in cloud broke");
    }
}

/// A connection that fails once it is cancelled.
pub(super) struct CancellableStream {
    stream: TcpStream,
    cancelled: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl CancellableStream {
    fn check(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        match self.cancelled.as_mut().poll(cx) {
            Poll::Ready(()) => Err(io::ErrorKind::ConnectionAborted.into()),
            Poll::Pending => Ok(()),
        }
    }
}

impl AsyncRead for CancellableStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Err(e) = self.check(cx) {
            return Poll::Ready(Err(e));
        }
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for CancellableStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if let Err(e) = self.check(cx) {
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
        if let Err(e) = self.check(cx) {
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
    use futures_util::FutureExt;
    use http_body_util::BodyExt;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::emulator::response::json;

    const LONG: Duration = Duration::from_secs(20);

    async fn respond() -> Response {
        json("here")
    }

    /// Reads until the connection closes. Panics if it stays open.
    async fn read_to_close(stream: &mut (impl AsyncRead + Unpin)) -> String {
        let mut got = Vec::new();
        let read = stream.read_to_end(&mut got);
        let _ = tokio::time::timeout(LONG, read).await.expect("the connection stays open");
        String::from_utf8_lossy(&got).into_owned()
    }

    #[tokio::test]
    async fn silent_connections_are_closed() {
        let idle = Duration::from_millis(20);
        for said in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"] {
            let (server, mut client) = tokio::io::duplex(1024);
            client.write_all(said.as_bytes()).await.unwrap();
            tokio::join!(serve(Box::new(server), idle, Box::new(|_| respond().boxed())), async {
                let got = read_to_close(&mut client).await;
                assert_eq!(got.ends_with("here"), said.ends_with("\r\n\r\n"), "{said:?}: {got}");
            });
        }
    }

    #[tokio::test]
    async fn request_heads_are_accepted_up_to_the_limit() {
        for (length, status) in [(LONGEST_HEAD - 1024, "200 OK"), (LONGEST_HEAD + 1, "431 ")] {
            let (server, mut client) = tokio::io::duplex(1024);
            let head =
                format!("GET / HTTP/1.1\r\nConnection: close\r\nX-Long: {}\r\n\r\n", "x".repeat(length));
            tokio::join!(serve(Box::new(server), LONG, Box::new(|_| respond().boxed())), async {
                // The server may close the connection before it has read everything.
                let _ = client.write_all(head.as_bytes()).await;
                let got = read_to_close(&mut client).await;
                assert!(got.starts_with(&format!("HTTP/1.1 {status}")), "{length}: {got}");
            });
        }
    }

    #[tokio::test]
    async fn connections_beyond_the_limit_wait() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let all = CancellationToken::new();
        let server: Server = Box::new(|stream, handle| {
            let handler: Handler = Box::new(move |request| {
                let handle = handle.clone();
                async move {
                    let _ = (handle, request.into_body().collect().await);
                    respond().await
                }
                .boxed()
            });
            serve(Box::new(stream), LONG, handler).boxed()
        });
        let port = tokio::spawn(accept(listener, all.clone(), 2, server));
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
        // Open connections are still served. The third one waits until one of them closes.
        let mut third = ask().await;
        first.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        answered(&mut first).await;
        assert_eq!(third.try_read(&mut [0]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        drop(first);
        answered(&mut third).await;
        all.cancel();
        port.await.unwrap();
        assert_eq!(read_to_close(&mut third).await, "");
    }
}
