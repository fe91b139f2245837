//! Traffic: every request and its answer, with what a person needs to understand it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fault::FaultId;
use super::kept::Answer;
use crate::api::secret::{masked_body, masked_header, masked_url};
use crate::api::{Explanation, ExplanationRecord};
use crate::http::{Headers, Request, Response};
use crate::time::{Instant, millis};

/// A request and its answer.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Its place in the order of requests, from 1.
    pub id: u64,
    /// When it was handled.
    pub at: Instant,
    /// The request.
    pub request: Arc<Request>,
    pub(super) answer: Answer,
    /// Why it was refused, if it was.
    pub explanations: Vec<Explanation>,
    /// The scenario that it followed, if it chose one or one is in force.
    pub scenario: Option<Arc<str>>,
    /// What went wrong on demand.
    pub fault: Option<FaultId>,
    /// How much later the answer comes than it was made.
    pub delay: Duration,
}

/// Whatever is kept of the answers: they are the same if their texts are.
impl PartialEq for Exchange {
    fn eq(&self, other: &Self) -> bool {
        self.kept() == other.kept()
    }
}

impl Serialize for Exchange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.kept().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Exchange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (id, at, request, response, explanations, scenario, fault, delay) =
            Kept::<_, Response, _>::deserialize(deserializer)?;
        Ok(Self {
            id,
            at,
            request,
            answer: response.into(),
            explanations,
            scenario,
            fault,
            delay,
        })
    }
}

/// An exchange as the records show it: secrets are masked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExchangeRecord {
    /// Its place in the order of requests, from 1.
    pub id: u64,
    /// When it was handled (RFC 3339).
    pub at: String,
    /// The request.
    pub request: HttpRecord,
    /// The answer.
    pub response: HttpRecord,
    /// Why it was refused, if it was.
    pub explanations: Vec<ExplanationRecord>,
    /// The scenario that it followed, if it chose one or one is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<Arc<str>>,
    /// The fault that it ran into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// How many milliseconds later the answer comes than it was made.
    #[serde(rename = "delayMs", skip_serializing_if = "Option::is_none")]
    pub delay: Option<u64>,
}

/// A message as the records show it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HttpRecord {
    /// A request's method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// A request's URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// An answer's status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Header fields; several of one name are joined by a comma.
    pub headers: BTreeMap<String, String>,
    /// The body, unless it is empty; bytes that are no UTF-8 are replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// What is kept of an exchange, in this order.
type Kept<R, A, E> = (
    u64,
    Instant,
    R,
    A,
    E,
    Option<Arc<str>>,
    Option<FaultId>,
    Duration,
);

impl Exchange {
    /// The answer; without effect, and of status 0, if the connection failed.
    pub fn response(&self) -> Cow<'_, Response> {
        self.answer.response(&self.request)
    }

    /// The answer's status.
    pub fn status(&self) -> u16 {
        self.answer.status()
    }

    /// The answer, if it is an error.
    pub fn error(&self) -> Option<&Response> {
        match &self.answer {
            Answer::Whole(response) if response.status >= 400 => Some(response),
            Answer::Whole(_) | Answer::Session { .. } => None,
        }
    }

    fn kept(&self) -> Kept<&Request, Cow<'_, Response>, &[Explanation]> {
        let (scenario, fault) = (self.scenario.clone(), self.fault);
        let (request, answer) = (&*self.request, self.response());
        (
            self.id,
            self.at,
            request,
            answer,
            &self.explanations,
            scenario,
            fault,
            self.delay,
        )
    }

    /// The exchange as the records show it.
    pub fn record(&self) -> ExchangeRecord {
        let (request, response) = (&self.request, self.response());
        ExchangeRecord {
            id: self.id,
            at: self.at.to_string(),
            request: HttpRecord {
                method: Some(request.method.clone()),
                url: Some(masked_url(&request.url).into_owned()),
                status: None,
                headers: fields(&request.headers),
                body: text(&request.body),
            },
            response: HttpRecord {
                method: None,
                url: None,
                status: Some(response.status),
                headers: fields(&response.headers),
                body: text(response.body.as_bytes()),
            },
            explanations: self.explanations.iter().map(Into::into).collect(),
            scenario: self.scenario.clone(),
            fault: self.fault.map(|fault| fault.to_string()),
            delay: (!self.delay.is_zero()).then(|| self.delay_millis()),
        }
    }

    /// How many milliseconds later the answer comes than it was made.
    pub fn delay_millis(&self) -> u64 {
        millis(self.delay)
    }

    /// Whether the connection failed, so that there is no answer.
    pub fn is_lost(&self) -> bool {
        self.status() == 0
    }
}

/// Header fields by name, their secrets masked.
pub(super) fn fields(headers: &Headers) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    for (name, value) in headers.iter() {
        fields
            .entry(name.to_owned())
            .and_modify(|joined: &mut String| {
                joined.push_str(", ");
                joined.push_str(&masked_header(name, value));
            })
            .or_insert_with(|| masked_header(name, value).into_owned());
    }
    fields
}

fn text(body: &[u8]) -> Option<String> {
    (!body.is_empty()).then(|| masked_body(&String::from_utf8_lossy(body)).into_owned())
}
