//! Bodies: of requests, read as far as the limit reaches; of answers, whole or cut off.

use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::{Buf as _, Bytes};
use http_body::{Body, Frame, SizeHint};

/// The body of a request, and of one that is longer than `limit` bytes one byte more than that.
pub(super) async fn read<B: Body>(body: B, limit: usize) -> Result<Vec<u8>, B::Error> {
    let mut body = pin!(body);
    let mut read = Vec::new();
    let most = limit.saturating_add(1);
    while read.len() < most {
        let Some(frame) = std::future::poll_fn(|cx| body.as_mut().poll_frame(cx)).await else {
            break;
        };
        // Of trailers there is nothing to be learnt.
        let Ok(mut data) = frame?.into_data() else {
            continue;
        };
        while data.has_remaining() && read.len() < most {
            let chunk = data.chunk();
            let taken = chunk.len().min(most.saturating_sub(read.len()));
            read.extend_from_slice(chunk.get(..taken).unwrap_or(chunk));
            data.advance(taken);
        }
    }
    Ok(read)
}

/// The body of an answer, in one piece; or the end of a connection that fails.
#[derive(Debug)]
pub struct ResponseBody(Content);

#[derive(Debug)]
enum Content {
    Whole(Bytes),
    Lost,
    Over,
}

impl ResponseBody {
    pub(super) fn of(text: &str) -> Self {
        Self(match text {
            "" => Content::Over,
            text => Content::Whole(Bytes::copy_from_slice(text.as_bytes())),
        })
    }

    pub(super) const fn lost() -> Self {
        Self(Content::Lost)
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Poll::Ready(match std::mem::replace(&mut self.0, Content::Over) {
            Content::Whole(bytes) => Some(Ok(Frame::data(bytes))),
            Content::Lost => Some(Err(io::Error::new(
                io::ErrorKind::ConnectionReset,
                "the connection fails, as a fault of the sandbox wants it to",
            ))),
            Content::Over => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.0, Content::Over)
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Content::Whole(bytes) => {
                SizeHint::with_exact(u64::try_from(bytes.len()).unwrap_or(u64::MAX))
            }
            Content::Lost => SizeHint::default(),
            Content::Over => SizeHint::with_exact(0),
        }
    }
}
