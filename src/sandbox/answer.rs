//! Answering a request: the order of checks.

use std::sync::Arc;

use serde_json::Value;

use super::Sandbox;
use super::authorization::Principal;
use super::cors;
use super::io::Output;
use super::settings::Settings;
use super::traffic::Exchange;
use crate::api::oauth::oauth_error;
use crate::api::{self, Action, Explanation, Operation, Refusal, Route};
use crate::engine::{NewSession, Session, SessionId};
use crate::http::{Request, Response};
use crate::time::Instant;

impl Sandbox {
    /// Answers a request, and records both.
    pub(super) fn exchange(&mut self, now: Instant, request: Arc<Request>) -> Arc<Response> {
        let route = Route::of(&request); // 404, 405
        let (mut response, explanations) = match &route {
            Ok(route) => self.answer(now, &request, route),
            Err(refusal) => self.refused(None, refusal),
        };
        if let Some(correlator) = request.headers.first("x-correlator") {
            response = response.header("x-correlator", correlator);
        }
        if request.headers.first("origin").is_some() {
            response = cors::shared(response);
        }
        if request.method == "HEAD" {
            response.body.clear();
        }
        let response = Arc::new(response);
        let exchange = Arc::new(Exchange {
            id: self.state.records.exchanges.next().saturating_add(1),
            at: now,
            request,
            response: response.clone(),
            explanations,
        });
        let limit = self.state.settings.limits.traffic;
        (self.state.records.exchanges).push(exchange.clone(), limit);
        self.outputs.push_back(Output::Exchange(exchange));
        self.collect_events(None);
        response
    }

    fn answer(
        &mut self,
        now: Instant,
        request: &Request,
        route: &Route,
    ) -> (Response, Vec<Explanation>) {
        match &route.action {
            Action::Options(allow) => (cors::options(request, allow), Vec::new()),
            Action::Authorization(endpoint) => {
                let address = (*endpoint, route.base.as_str(), route.query.as_str());
                match self.authorize(now, request, address) {
                    Ok(response) => (response, Vec::new()),
                    Err(refusal) => (oauth_error(&refusal), vec![refusal.explanation()]),
                }
            }
            Action::Operation(operation) => {
                let mut notes = Vec::new();
                match self.operate(now, request, (route, *operation), &mut notes) {
                    Ok(response) => (response, notes),
                    Err(refusal) => {
                        let (response, mut explanations) = self.refused(Some(*operation), &refusal);
                        explanations.append(&mut notes);
                        (response, explanations)
                    }
                }
            }
        }
    }

    fn refused(
        &self,
        operation: Option<Operation>,
        refusal: &Refusal,
    ) -> (Response, Vec<Explanation>) {
        let response = api::error_response(self.state.settings.dialect, operation, refusal);
        (response, api::explanations(refusal, self.catalogue()))
    }

    /// The order of checks. Routing (404, 405) has gone before. What a client should know of a
    /// request that is in order otherwise is added to `notes`.
    fn operate(
        &mut self,
        now: Instant,
        request: &Request,
        (route, operation): (&Route, Operation),
        notes: &mut Vec<Explanation>,
    ) -> Result<Response, Refusal> {
        let Settings {
            dialect,
            auth,
            rate_limit,
            ..
        } = self.state.settings;
        let principal = Principal::of(now, request, auth, &self.state.grants)?; // 401
        if let Some(limit) = rate_limit {
            self.state.meter.count(now, &principal.client, limit)?; // 429
        }
        principal.may(operation.access(), dialect)?; // 403
        if operation != Operation::DeleteSession {
            api::acceptable(request)?; // 406
        }
        match operation {
            Operation::CreateSession => self.create(now, request, (route, principal), notes),
            Operation::GetSession => {
                let id = api::session_id(&route.parameter)?; // 400
                let session = self.owned(id, &principal)?; // 404, 403
                Ok(Response::json(200, &api::session_info(session)))
            }
            Operation::DeleteSession => {
                let id = api::session_id(&route.parameter)?; // 400
                self.owned(id, &principal)?; // 404, 403
                self.state.engine.delete(now, id)?;
                Ok(Response::empty(204))
            }
            Operation::ExtendQosSessionDuration => {
                let id = api::session_id(&route.parameter)?; // 400
                let parsed = api::extend_session(&self.body(request)?)?; // 413, 415, 400
                notes.extend(parsed.ignored.iter().map(Explanation::from));
                self.owned(id, &principal)?; // 404, 403
                let session = self.state.engine.extend(now, id, parsed.command)?; // 400
                Ok(Response::json(200, &api::session_info(&session)))
            }
            Operation::GetQosProfiles => {
                let profiles = api::search_profiles(dialect, self.catalogue(), route)?; // 400, 404
                Ok(Response::json(200, &profiles))
            }
            Operation::GetQosProfile => {
                let name = api::qos_profile_name(&route.parameter)?; // 400
                let profile = (self.catalogue().profile(&name))
                    .and_then(|profile| dialect.profile(profile))
                    .ok_or_else(|| Refusal::ProfileNotFound(name.to_string()))?; // 404
                Ok(Response::json(200, &profile))
            }
        }
    }

    fn create(
        &mut self,
        now: Instant,
        request: &Request,
        (route, principal): (&Route, Principal),
        notes: &mut Vec<Explanation>,
    ) -> Result<Response, Refusal> {
        let parsed = api::create_session(&self.body(request)?)?; // 413, 415, 400
        notes.extend(parsed.ignored.iter().map(Explanation::from));
        let (request, remarks) = parsed.command;
        self.state.settings.dialect.test_value(&request.device)?; // 409
        // Drawn before the operator decides: what chance brings next does not depend on others'
        // sessions.
        let id = SessionId::from_random(self.state.draw());
        let new = NewSession {
            id,
            owner: principal.client,
            url: format!("{}/sessions/{id}", route.base).into(),
            request,
            remarks,
            plan: self.state.settings.plan,
        };
        let session = self.state.engine.create(now, new)?; // 400, 409
        Ok(Response::json(201, &api::session_info(&session)).header("location", &session.url))
    }

    fn body(&self, request: &Request) -> Result<Value, Refusal> {
        api::json_body(request, self.state.settings.limits.body_bytes)
    }

    fn owned(&self, id: SessionId, principal: &Principal) -> Result<&Session, Refusal> {
        let session = self.state.engine.session(id)?;
        if session.owner != principal.client {
            return Err(Refusal::NotTheOwner(id));
        }
        Ok(session)
    }
}
