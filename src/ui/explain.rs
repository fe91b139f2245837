//! Why a request was refused, or what of it was ignored.

use yew::{Html, html};

use super::parts::{Shape, icon};
use crate::sandbox::Exchange;

/// Rule, member and remedy, beside the answer and never in it.
pub(super) fn explain(exchange: &Exchange) -> Html {
    let explanations = &exchange.explanations;
    if explanations.is_empty() {
        return Html::default();
    }
    let refused = exchange.response.status >= 400;
    html! {
        <div class="callout" role="note" aria-label={if refused { "Why" } else { "Ignored" }}>
            { icon(Shape::Bulb) }
            <ul>
                { for explanations.iter().enumerate().map(|(place, explanation)| html! {
                    <li key={place}>
                        <p class="callout__rule">{ for marked(&explanation.rule) }</p>
                        if !explanation.pointer.is_empty() {
                            <p><span class="muted">{ "Member " }</span><code>{ &explanation.pointer }</code>
                                if let Some(seen) = &explanation.seen {
                                    <span class="muted">{ ", seen " }</span><code>{ seen.to_string() }</code>
                                }
                            </p>
                        }
                        if let Some(suggestion) = &explanation.suggestion {
                            <p>{ for marked(suggestion) }</p>
                        }
                    </li>
                }) }
            </ul>
        </div>
    }
}

/// A text in which backticks mark code.
fn marked(text: &str) -> impl Iterator<Item = Html> + '_ {
    let part = |(place, part): (usize, &str)| {
        if place % 2 == 1 {
            html! { <code>{ part }</code> }
        } else {
            html! { part }
        }
    };
    text.split('`').enumerate().map(part)
}
