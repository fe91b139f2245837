//! Scenarios and faults, as the JavaScript module hands them in and gets them back.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use js_sys::Object;
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};

use super::options::{member, number, rate_limit, text};
use super::values::records;
use super::{Backend, words};
use crate::api::{self, Injected, InjectedError, Operation};
use crate::engine::{NetworkAnswer, NetworkPlan, Share, Termination};
use crate::sandbox::{
    DEFAULT_SCENARIO, Disorder, Failing, Fault, FaultId, Named, Rate, Scenario, TestValues,
};
use crate::time;

#[wasm_bindgen]
impl Backend {
    /// `ScenarioRecord[]`
    ///
    /// # Errors
    /// None that can be met: the shapes are plain.
    pub fn scenarios(&self) -> Result<JsValue, JsValue> {
        records(Named::all().map(ScenarioRecord::from))
    }

    /// Switches a fault on: its id.
    ///
    /// # Errors
    /// It has a status for which no code is known, or an operation that there is not; or there are
    /// too many.
    #[wasm_bindgen(js_name = addFault)]
    pub fn add_fault(&self, fault: &Object) -> Result<String, JsValue> {
        let fault = read_fault(fault).map_err(|error| JsValue::from_str(&error))?;
        let added = self.driver.add_fault(fault);
        Ok(added.map_err(|declined| words(&declined))?.to_string())
    }

    /// `FaultRecord[]`
    ///
    /// # Errors
    /// None that can be met: the shapes are plain.
    pub fn faults(&self) -> Result<JsValue, JsValue> {
        let faults = self.driver.faults();
        records((faults.iter()).map(|(id, fault, left)| FaultRecord::of(*id, fault, *left)))
    }

    /// Switches a fault off.
    ///
    /// # Errors
    /// It is not on.
    #[wasm_bindgen(js_name = removeFault)]
    pub fn remove_fault(&self, id: &str) -> Result<(), JsValue> {
        let known = FaultId::parse(id).ok_or_else(|| {
            JsValue::from_str(&format!(
                "{id:?} is no fault's id: it must be one of faults.list()"
            ))
        })?;
        (self.driver.remove_fault(known)).map_err(|declined| words(&declined))
    }

    /// Switches all faults off.
    #[wasm_bindgen(js_name = clearFaults)]
    pub fn clear_faults(&self) {
        self.driver.clear_faults();
    }
}

/// A scenario by its name in the catalogue, or one of the user's own.
pub(super) fn scenario(given: &JsValue) -> Result<Option<Arc<Scenario>>, String> {
    if let Some(name) = given.as_string() {
        let names = || {
            Named::all()
                .map(|named| named.name)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let known = Scenario::named(&name);
        let known =
            known.ok_or_else(|| format!("there is no scenario {name:?}; there are {}", names()));
        return known.map(|scenario| Some(Arc::new(scenario)));
    }
    let given: &Object = given.dyn_ref().ok_or("a scenario is a name or an object")?;
    let name = text(given, "name").unwrap_or_else(|| DEFAULT_SCENARIO.to_owned());
    let mut scenario = Scenario::granted(&name, Duration::ZERO);
    scenario.plan = plan(given);
    scenario.disorder = disorder(given);
    scenario.failing = failing(given);
    Ok(Some(Arc::new(scenario)))
}

fn plan(given: &Object) -> NetworkPlan {
    let answer = match (millis(given, "grant"), millis(given, "refuse")) {
        (Some(after), _) => NetworkAnswer::Grant(after),
        (None, Some(after)) => NetworkAnswer::Refuse(after),
        (None, None) => NetworkAnswer::Never,
    };
    let after = millis(given, "terminate").map(Termination::After);
    let share = whole(given, "share").and_then(Share::new);
    NetworkPlan {
        answer,
        terminate: after.or(share.map(Termination::At)),
    }
}

fn disorder(given: &Object) -> Option<Disorder> {
    let copies = whole(given, "copies").and_then(NonZeroU32::new)?;
    Some(Disorder {
        delay: millis(given, "delay").unwrap_or_default(),
        copies,
        reorder: flag(given, "reorder"),
    })
}

fn failing(given: &Object) -> Option<Failing> {
    let status = whole(given, "failStatus").and_then(|status| status.try_into().ok());
    Some(Failing {
        first: whole(given, "failFirst")?,
        status: status.unwrap_or(503),
    })
}

fn read_fault(given: &Object) -> Result<Fault, String> {
    let operation = text(given, "operation").map(|id| {
        let known = Operation::ALL
            .into_iter()
            .find(|operation| operation.id() == id);
        known.ok_or_else(|| {
            let ids = Operation::ALL.map(Operation::id).join(", ");
            format!("there is no operation {id:?}; there are {ids}")
        })
    });
    let status: Option<u16> = whole(given, "status").and_then(|status| status.try_into().ok());
    let code = text(given, "code");
    if let (Some(status), None) = (status, &code)
        && api::code_of(status).is_none()
    {
        return Err(format!("no code belongs to the status {status}: give one"));
    }
    let error = status.map(|status| Injected {
        error: InjectedError::Status(status, code),
        by: "a fault".to_owned(),
    });
    let limit = member(given, "rateLimit").and_then(|limit| limit.dyn_into().ok());
    Ok(Fault {
        operation: operation.transpose()?,
        error,
        network_error: flag(given, "networkError"),
        latency: millis(given, "latencyMin").zip(millis(given, "latencyMax")),
        rate_limit: limit.and_then(|limit| rate_limit(&limit)),
        rate: number(given, "rate").and_then(Rate::new),
        times: whole(given, "times"),
    })
}

#[allow(clippy::cast_possible_truncation, reason = "whole numbers below 2^53")]
#[allow(clippy::cast_sign_loss, reason = "not negative")]
fn millis(given: &Object, name: &str) -> Option<Duration> {
    number(given, name).map(|millis| Duration::from_millis(millis as u64))
}

#[allow(clippy::cast_possible_truncation, reason = "whole numbers below 2^32")]
#[allow(clippy::cast_sign_loss, reason = "not negative")]
fn whole(given: &Object, name: &str) -> Option<u32> {
    number(given, name).map(|number| number as u32)
}

fn flag(given: &Object, name: &str) -> bool {
    member(given, name).and_then(|value| value.as_bool()) == Some(true)
}

/// `ScenarioRecord` of the JavaScript API.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ScenarioRecord {
    name: &'static str,
    description: &'static str,
    test_values: TestValues,
}

impl From<Named> for ScenarioRecord {
    fn from(named: Named) -> Self {
        Self {
            name: named.name,
            description: named.description,
            test_values: named.test_values(),
        }
    }
}

/// `FaultRecord` of the JavaScript API: a fault that is on.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FaultRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    network_error: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latency: Option<Latency>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate_limit: Option<Limit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
}

#[derive(Serialize)]
struct Latency {
    min: u64,
    max: u64,
}

#[derive(Serialize)]
struct Limit {
    requests: u32,
    per: u64,
}

impl<'a> FaultRecord<'a> {
    /// The record of a fault that is on for so many more requests.
    fn of(id: FaultId, fault: &'a Fault, left: Option<u32>) -> Self {
        Self {
            id: Some(id.to_string()),
            ..Self::new(fault, left)
        }
    }

    /// The same before it has an id.
    pub(super) fn new(fault: &'a Fault, left: Option<u32>) -> Self {
        let (status, code) = match fault.error.as_ref().map(|injected| &injected.error) {
            Some(InjectedError::Status(status, code)) => (Some(*status), code.as_deref()),
            Some(InjectedError::DeviceUnknown | InjectedError::DeviceInconsistent) | None => {
                (None, None)
            }
        };
        Self {
            id: None,
            operation: fault.operation.map(Operation::id),
            status,
            code,
            network_error: fault.network_error.then_some(true),
            latency: fault.latency.map(|(min, max)| Latency {
                min: time::millis(min),
                max: time::millis(max),
            }),
            rate_limit: fault.rate_limit.map(|limit| Limit {
                requests: limit.requests.get(),
                per: time::millis(limit.per),
            }),
            rate: fault.rate.map(Rate::probability),
            times: left,
        }
    }
}
