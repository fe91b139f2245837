//! Status as shape and word; the colour comes third.

use yew::{AttrValue, Html, Properties, classes, component, html};

use super::icon::{Icon, Shape};

#[derive(Properties, PartialEq)]
pub(in crate::ui) struct ChipProps {
    pub(in crate::ui) tone: Tone,
    pub(in crate::ui) label: AttrValue,
}

/// A status.
#[component]
pub(in crate::ui) fn Chip(props: &ChipProps) -> Html {
    html! {
        <span class={classes!("chip", props.tone.class())}>
            <Icon shape={props.tone.shape()} small=true />
            { &props.label }
        </span>
    }
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
