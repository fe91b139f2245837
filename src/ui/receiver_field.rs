//! Who gets notifications: a receiver in the tab that answers as chosen, nobody, or the network.

use yew::{AttrValue, Callback, Html, html};

use super::parts::Select;
use crate::driver::Driver;
use crate::sandbox::{
    Answering, Declined, DeliveryPolicy, Destination, Receiver, ReceiverId, SetAnswer, SetReply,
    Setting, Target,
};

/// Statuses to choose from.
const STATUSES: [(u16, &str); 6] = [
    (204, "204"),
    (400, "400"),
    (401, "401"),
    (410, "410"),
    (500, "500"),
    (503, "503"),
];

/// Who gets what no receiver of the page's code is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// Nobody.
    Nobody,
    /// A receiver in the tab that answers with that status.
    Status(u16),
    /// One that fails two deliveries, and then works.
    FailsTwice,
    /// One that never answers.
    Never,
    /// The page's code decides.
    Own,
    /// One with another answer.
    Other,
    /// Whoever is there: real POSTs.
    Network,
}

impl Choice {
    /// What is chosen now.
    pub(super) fn of(driver: &Driver) -> Self {
        if let Some((_, receiver)) = for_all(driver).pop() {
            return Self::of_answer(&receiver.answering);
        }
        match driver.settings().delivery.to {
            Destination::Receivers => Self::Nobody,
            Destination::Network => Self::Network,
        }
    }

    fn of_answer(answering: &Answering) -> Self {
        let all = (STATUSES.map(|(status, _)| Self::Status(status)).into_iter())
            .chain([Self::FailsTwice, Self::Never]);
        let known = |choice: &Self| choice.answer().map(Answering::Set).as_ref() == Some(answering);
        let other = match answering {
            Answering::Set(_) => Self::Other,
            Answering::Handler => Self::Own,
        };
        all.into_iter().find(known).unwrap_or(other)
    }

    /// Makes it so.
    ///
    /// # Errors
    /// There are too many receivers.
    pub(super) fn apply(self, driver: &Driver) -> Result<(), Declined> {
        if matches!(self, Self::Own | Self::Other) {
            return Ok(());
        }
        for (id, _) in for_all(driver) {
            driver.remove_receiver(id);
        }
        if let Some(answer) = self.answer() {
            driver.add_receiver(Receiver {
                target: Target::Any,
                answering: Answering::Set(answer),
            })?;
        }
        let to = match self {
            Self::Network => Destination::Network,
            Self::Nobody
            | Self::Status(_)
            | Self::FailsTwice
            | Self::Never
            | Self::Own
            | Self::Other => Destination::Receivers,
        };
        let policy = driver.settings().delivery;
        driver.configure(Setting::Delivery(DeliveryPolicy { to, ..policy }));
        Ok(())
    }

    fn answer(self) -> Option<SetAnswer> {
        match self {
            Self::Status(status) => Some(SetAnswer::always(SetReply::Status(status))),
            Self::FailsTwice => Some(SetAnswer {
                fail_first: 2,
                ..SetAnswer::always(SetReply::Status(204))
            }),
            Self::Never => Some(SetAnswer::always(SetReply::Never)),
            Self::Nobody | Self::Own | Self::Other | Self::Network => None,
        }
    }

    fn value(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Status(status) => {
                let known = STATUSES.iter().find(|(known, _)| *known == status);
                known.map_or("own", |(_, name)| *name)
            }
            Self::FailsTwice => "fails-twice",
            Self::Never => "never",
            Self::Own => "own",
            Self::Other => "other",
            Self::Network => "network",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Nobody => "no receiver",
            Self::Status(_) => "",
            Self::FailsTwice => "fails twice",
            Self::Never => "never answers",
            Self::Own => "your code",
            Self::Other => "another answer",
            Self::Network => "real POSTs…",
        }
    }
}

/// The receivers for all URLs.
fn for_all(driver: &Driver) -> Vec<(ReceiverId, Receiver)> {
    let mut receivers = driver.receivers();
    receivers.retain(|(_, receiver)| receiver.target == Target::Any);
    receivers
}

/// The choice.
pub(super) fn receiver_field(chosen: Choice, onselect: &Callback<Choice>) -> Html {
    let mut choices = STATUSES.map(|(status, _)| Choice::Status(status)).to_vec();
    choices.extend([
        Choice::FailsTwice,
        Choice::Never,
        Choice::Nobody,
        Choice::Network,
    ]);
    if matches!(chosen, Choice::Own | Choice::Other) {
        choices.push(chosen);
    }
    let option = |choice: &Choice| {
        let label = match choice.label() {
            "" => choice.value(),
            label => label,
        };
        (choice.value().into(), label.into())
    };
    let options: Vec<(AttrValue, AttrValue)> = choices.iter().map(option).collect();
    let onselect = onselect.reform(move |value: AttrValue| {
        let picked = choices
            .iter()
            .find(|choice| choice.value() == value.as_str());
        picked.copied().unwrap_or(Choice::Own)
    });
    html! {
        <div class="receiver">
            <label for="receiver">{ "Receiver" }</label>
            <Select class="select select--sm select--quiet" id="receiver" {options} value={chosen.value()} {onselect} />
        </div>
    }
}
