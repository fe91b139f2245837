//! Polling beside callback: what each kind of client could see of a session.

use std::rc::Rc;

use yew::{Html, Properties, component, html};

use crate::api::wire::{QosStatus, StatusInfo};
use crate::sandbox::{Difference, Perspective, Step};
use crate::ui::format;
use crate::ui::parts::{Shape, small_icon};

/// Of many moments, so many of the last are shown.
const MOMENTS: usize = 40;

#[derive(Properties, PartialEq)]
pub(super) struct PerspectivesProps {
    pub(super) perspectives: Rc<Option<Vec<Perspective>>>,
    /// Whether there is a webhook to tell.
    pub(super) webhook: bool,
}

/// A row for each moment: what GET answers from then on, and what the webhook was told last.
#[component]
pub(super) fn Perspectives(props: &PerspectivesProps) -> Html {
    let Some(moments) = &*props.perspectives else {
        return Html::default();
    };
    let row = |(place, moment): (usize, &Perspective)| {
        let polling = match moment.polling.qos_status {
            Some(status) => "200 ".to_owned() + qos_status(status),
            None => moment.polling.status.to_string(),
        };
        let told = match (moment.callback.qos_status, moment.callback.status_info) {
            (Some(status), Some(info)) => [qos_status(status), " ", status_info(info)].concat(),
            (Some(status), None) => qos_status(status).to_owned(),
            (None, _) => "nothing yet".to_owned(),
        };
        let notes = |of_polling: bool| {
            let words = moment.differences.iter().map(|one| difference(*one));
            let words = words.filter(move |(polling, _)| *polling == of_polling);
            html! {
                { for words.map(|(_, words)| html! { <small>{ small_icon(Shape::Warn) }{ words }</small> }) }
            }
        };
        html! {
            <tr key={place}>
                <th scope="row"><time class="num" datetime={moment.at.to_string()}>{ format::time_of_day(moment.at) }</time><small>{ step(moment.cause) }</small></th>
                <td><code>{ polling }</code>{ notes(true) }</td>
                <td>
                    if props.webhook {
                        <code>{ told }</code>{ notes(false) }
                    } else {
                        <span class="muted">{ "no webhook" }</span>
                    }
                </td>
            </tr>
        }
    };
    let skipped = moments.len().saturating_sub(MOMENTS);
    html! {
        <details class="persp">
            <summary>{ small_icon(Shape::Chevron) }{ "Polling beside callback" }</summary>
            <table>
                <thead><tr><th scope="col">{ "When" }</th><th scope="col">{ "GET answers" }</th><th scope="col">{ "The webhook was told" }</th></tr></thead>
                <tbody>{ for moments.iter().enumerate().skip(skipped).map(row) }</tbody>
            </table>
        </details>
    }
}

const fn qos_status(status: QosStatus) -> &'static str {
    match status {
        QosStatus::Requested => "REQUESTED",
        QosStatus::Available => "AVAILABLE",
        QosStatus::Unavailable => "UNAVAILABLE",
    }
}

const fn status_info(info: StatusInfo) -> &'static str {
    match info {
        StatusInfo::DurationExpired => "DURATION_EXPIRED",
        StatusInfo::NetworkTerminated => "NETWORK_TERMINATED",
        StatusInfo::DeleteRequested => "DELETE_REQUESTED",
    }
}

const fn step(step: Step) -> &'static str {
    match step {
        Step::Created => "created",
        Step::Granted => "granted",
        Step::Refused => "refused",
        Step::Terminated => "terminated",
        Step::Extended => "extended",
        Step::Expired => "expired",
        Step::Deleted => "deleted",
        Step::Released => "released",
        Step::Delivered => "delivered",
    }
}

/// Whether it is about who polls, and in words.
const fn difference(difference: Difference) -> (bool, &'static str) {
    match difference {
        Difference::StatusInfoUnseen => (true, "not why"),
        Difference::NotFound => (true, "as if it had never been"),
        Difference::NotNotified => (false, "of this no one is notified"),
        Difference::NotDelivered => (false, "not told of the last change"),
        Difference::NotRecorded => (false, "whether it was told is not recorded any more"),
        Difference::OutOfOrder => (false, "out of order: the last it heard is older"),
        Difference::Duplicate => (false, "told twice"),
    }
}
