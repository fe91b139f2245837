//! Answering a request: the order of checks.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::Sandbox;
use super::authorization::Principal;
use super::cors;
use super::fault::FaultId;
use super::io::Output;
use super::kept::{Answer, completed};
use super::scenario::{Named, Scenario};
use super::settings::Settings;
use super::traffic::Exchange;
use crate::api::oauth::oauth_error;
use crate::api::{self, Action, Explanation, Injected, Operation, Refusal, Route};
use crate::engine::{Device, NewSession, Session, SessionId};
use crate::http::{Request, Response};
use crate::time::Instant;

/// What is known of an exchange besides its answer.
#[derive(Default)]
struct Notes {
    /// What a client should know of a request that is in order otherwise.
    explanations: Vec<Explanation>,
    scenario: Option<Arc<str>>,
    fault: Option<FaultId>,
    latency: Duration,
    network_error: bool,
}

impl Sandbox {
    /// Answers a request, and records both. What it causes is not delivered before the answer.
    pub(super) fn exchange(&mut self, now: Instant, request: Arc<Request>) -> Arc<Exchange> {
        let route = Route::of(&request); // 404, 405
        let mut notes = Notes::default();
        let (answer, explanations) = match &route {
            Ok(route) => self.answer(now, &request, route, &mut notes),
            Err(refusal) => {
                let (response, explanations) = self.refused(None, refusal);
                (response.into(), explanations)
            }
        };
        let answer = match answer {
            _ if notes.network_error => Response::empty(0).into(),
            Answer::Whole(response) => completed(*response, &request).into(),
            answer @ Answer::Session { .. } => answer,
        };
        let exchange = Arc::new(Exchange {
            id: self.state.records.exchanges.next().saturating_add(1),
            at: now,
            request,
            answer,
            explanations,
            scenario: notes.scenario,
            fault: notes.fault,
            delay: notes.latency,
        });
        let limit = self.state.settings.limits.traffic;
        (self.state.records.exchanges).push(exchange.clone(), limit);
        self.outputs.push_back(Output::Exchange(exchange.clone()));
        let answered = now.after(exchange.delay);
        if !exchange.delay.is_zero() {
            self.state.outbox.answer(answered, exchange.id);
        }
        self.collect_events(None, answered);
        exchange
    }

    fn answer(
        &mut self,
        now: Instant,
        request: &Request,
        route: &Route,
        notes: &mut Notes,
    ) -> (Answer, Vec<Explanation>) {
        match &route.action {
            Action::Options(allow) => (cors::options(request, allow).into(), Vec::new()),
            Action::Authorization(endpoint) => {
                let address = (*endpoint, route.base.as_str(), route.query.as_str());
                match self.authorize(now, request, address) {
                    Ok(response) => (response.into(), Vec::new()),
                    Err(refusal) => (oauth_error(&refusal).into(), vec![refusal.explanation()]),
                }
            }
            Action::Operation(operation) => {
                match self.operate(now, request, (route, *operation), notes) {
                    Ok(answer) => (answer, std::mem::take(&mut notes.explanations)),
                    Err(refusal) => {
                        let (response, mut explanations) = self.refused(Some(*operation), &refusal);
                        explanations.append(&mut notes.explanations);
                        (response.into(), explanations)
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

    /// The order of checks. Routing (404, 405) has gone before.
    fn operate(
        &mut self,
        now: Instant,
        request: &Request,
        (route, operation): (&Route, Operation),
        notes: &mut Notes,
    ) -> Result<Answer, Refusal> {
        self.trouble(now, operation, notes)?; // whatever is wanted
        let chosen = self.chosen(request, operation, notes)?; // 400, or whatever is wanted
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
            Operation::CreateSession => {
                self.create(now, request, (route, principal, chosen), notes)
            }
            Operation::GetSession => {
                let id = api::session_id(&route.parameter)?; // 400
                let session = self.owned(id, &principal)?; // 404, 403
                Ok(Answer::of(session))
            }
            Operation::DeleteSession => {
                let id = api::session_id(&route.parameter)?; // 400
                self.owned(id, &principal)?; // 404, 403
                self.state.engine.delete(now, id)?;
                Ok(Response::empty(204).into())
            }
            Operation::ExtendQosSessionDuration => {
                let id = api::session_id(&route.parameter)?; // 400
                let parsed = api::extend_session(&self.body(request)?)?; // 413, 415, 400
                let ignored = parsed.ignored.iter().map(Explanation::from);
                notes.explanations.extend(ignored);
                self.owned(id, &principal)?; // 404, 403
                let session = self.state.engine.extend(now, id, parsed.command)?; // 400
                Ok(Answer::of(&session))
            }
            Operation::GetQosProfiles => {
                let profiles = api::search_profiles(dialect, self.catalogue(), route)?; // 400, 404
                Ok(Response::json(200, &profiles).into())
            }
            Operation::GetQosProfile => {
                let name = api::qos_profile_name(&route.parameter)?; // 400
                let profile = (self.catalogue().profile(&name))
                    .and_then(|profile| dialect.profile(profile))
                    .ok_or_else(|| Refusal::ProfileNotFound(name.to_string()))?; // 404
                Ok(Response::json(200, &profile).into())
            }
        }
    }

    fn create(
        &mut self,
        now: Instant,
        request: &Request,
        (route, principal, chosen): (&Route, Principal, Option<Arc<Scenario>>),
        notes: &mut Notes,
    ) -> Result<Answer, Refusal> {
        let parsed = api::create_session(&self.body(request)?)?; // 413, 415, 400
        let ignored = parsed.ignored.iter().map(Explanation::from);
        notes.explanations.extend(ignored);
        let (mut request, remarks) = parsed.command;
        if let Some(webhook) = &mut request.webhook {
            if self.webhook != webhook.url {
                self.webhook = webhook.url.clone();
            }
            webhook.url = self.webhook.clone();
        }
        let scenario = self.scenario_of(chosen, &request.device, notes)?; // whatever is wanted
        self.state.settings.dialect.test_value(&request.device)?; // 409
        // Drawn before the operator decides: what chance brings next does not depend on others'
        // sessions.
        let id = SessionId::from_random(self.state.draw());
        let plan = scenario.as_ref().map(|scenario| scenario.plan);
        let new = NewSession {
            id,
            owner: principal.client,
            url: format!("{}/sessions/{id}", route.base).into(),
            request,
            remarks,
            plan: plan.unwrap_or(self.state.settings.plan),
        };
        let session = self.state.engine.create(now, new)?; // 400, 409
        if let Some(scenario) = scenario.filter(|scenario| scenario.is_about_notifications()) {
            self.state.astray.follow(id, scenario);
        }
        Ok(Answer::of_new(&session))
    }

    /// What goes wrong on demand.
    fn trouble(
        &mut self,
        now: Instant,
        operation: Operation,
        notes: &mut Notes,
    ) -> Result<(), Refusal> {
        let trouble = self.state.trouble(now, operation);
        notes.fault = trouble.fault;
        notes.latency = trouble.latency;
        notes.network_error = trouble.network_error;
        match trouble.refusal {
            None if trouble.network_error => Err(Refusal::Injected(Box::new(Injected::lost()))),
            None => Ok(()),
            Some(refusal) => Err(refusal),
        }
    }

    /// The scenario that a request names in its header. One that stands for an error of any
    /// operation is answered with it at once, as the sandbox's own is but for create, where the
    /// device may choose another.
    fn chosen(
        &self,
        request: &Request,
        operation: Operation,
        notes: &mut Notes,
    ) -> Result<Option<Arc<Scenario>>, Refusal> {
        let named = request.headers.first("x-qod-scenario").map(|name| {
            let unknown = || Refusal::UnknownScenario {
                name: name.to_owned(),
                names: Named::all().map(|named| named.name).collect(),
            };
            Scenario::named(name).map(Arc::new).ok_or_else(unknown)
        });
        let named = named.transpose()?;
        let current = self.state.settings.scenario.clone();
        let current = current.filter(|_| operation != Operation::CreateSession);
        if let Some(scenario) = named.as_ref().or(current.as_ref()) {
            let general = scenario
                .error
                .as_ref()
                .filter(|error| !error.is_about_devices());
            if general.is_some() || !scenario.latency.is_zero() || named.is_some() {
                notes.scenario = Some(scenario.name.clone());
            }
            notes.latency = notes.latency.saturating_add(scenario.latency);
            if let Some(error) = general {
                return Err(Refusal::Injected(Box::new(error.clone())));
            }
        }
        Ok(named)
    }

    /// The scenario of a new session: the one that the request names, that of its device, or the
    /// sandbox's own.
    fn scenario_of(
        &self,
        chosen: Option<Arc<Scenario>>,
        device: &Device,
        notes: &mut Notes,
    ) -> Result<Option<Arc<Scenario>>, Refusal> {
        let named = chosen.is_some();
        let own = || self.state.settings.scenario.clone();
        let scenario = chosen.or_else(|| Scenario::of_device(device)).or_else(own);
        if let Some(scenario) = &scenario {
            notes.scenario = Some(scenario.name.clone());
            if !named {
                notes.latency = notes.latency.saturating_add(scenario.latency);
            }
            if let Some(error) = &scenario.error {
                return Err(Refusal::Injected(Box::new(error.clone())));
            }
        }
        Ok(scenario)
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
