//! Answers as they are kept: of a session only what it was like, for all that shows it shares the
//! rest. The text is written when it is looked at.

use std::borrow::Cow;
use std::sync::Arc;

use super::cors;
use crate::api;
use crate::engine::{Created, Session, Status};
use crate::http::{Request, Response};

/// An answer without what follows from its request.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// Any, with what follows from its request.
    Whole(Box<Response>),
    /// A session as it was.
    Session {
        created: Arc<Created>,
        status: Status,
        duration: u64,
        /// The answer that it was created.
        new: bool,
    },
}

impl Answer {
    pub(super) fn of(session: &Session) -> Self {
        Self::Session {
            created: session.created.clone(),
            status: session.status(),
            duration: session.duration,
            new: false,
        }
    }

    pub(super) fn of_new(session: &Session) -> Self {
        Self::Session {
            created: session.created.clone(),
            status: session.status(),
            duration: session.duration,
            new: true,
        }
    }

    pub(super) fn status(&self) -> u16 {
        match self {
            Self::Whole(response) => response.status,
            Self::Session { new: true, .. } => 201,
            Self::Session { new: false, .. } => 200,
        }
    }

    /// The answer to `request` in full.
    pub(super) fn response(&self, request: &Request) -> Cow<'_, Response> {
        match self {
            Self::Whole(response) => Cow::Borrowed(response),
            Self::Session {
                created,
                status,
                duration,
                new,
            } => {
                let info = api::session_info_at(created, *status, *duration);
                let mut response = Response::json(self.status(), &info);
                if *new {
                    response = response.header("location", &created.url);
                }
                Cow::Owned(completed(response, request))
            }
        }
    }
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self::Whole(Box::new(response))
    }
}

/// With what every answer to `request` has.
pub(super) fn completed(mut response: Response, request: &Request) -> Response {
    if let Some(correlator) = request.headers.first("x-correlator") {
        response = response.header("x-correlator", correlator);
    }
    if request.headers.first("origin").is_some() {
        response = cors::shared(response);
    }
    if request.method == "HEAD" {
        response.body.clear();
    }
    response
}
