//! Status as shape and word; the colour comes third.

use yew::{AttrValue, Html, classes, html};

use super::icon::{Shape, small_icon};
use crate::ui::format;

/// A status.
pub(in crate::ui) fn chip(tone: Tone, label: AttrValue) -> Html {
    html! {
        <span class={classes!("chip", tone.class())}>{ small_icon(tone.shape()) }{ label }</span>
    }
}

/// The status of a response, with its reason.
pub(in crate::ui) fn status_chip(status: u16) -> Html {
    let label = [&status.to_string(), " ", format::reason(status)].concat();
    chip(tone_of(status), label.into())
}

/// What a status means for the client.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Tone {
    /// Not decided.
    Wait,
    /// As wished.
    Ok,
    /// Refused, or taken back.
    Bad,
    /// Over.
    End,
}

impl Tone {
    /// The class that colours it.
    pub(in crate::ui) const fn class(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::Ok => "ok",
            Self::Bad => "bad",
            Self::End => "end",
        }
    }

    /// The icon beside the word.
    pub(in crate::ui) const fn shape(self) -> Shape {
        match self {
            Self::Wait => Shape::Wait,
            Self::Ok => Shape::Check,
            Self::Bad => Shape::Stop,
            Self::End => Shape::Off,
        }
    }
}

/// What a response's status means.
pub(in crate::ui) fn tone_of(status: u16) -> Tone {
    if (200..300).contains(&status) {
        Tone::Ok
    } else {
        Tone::Bad
    }
}
