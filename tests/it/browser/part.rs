//! A part of a page, as a person uses it: what it shows, what can be pressed, filled in, ticked and chosen there.

use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;

use super::person::{Person, flat};

/// A part of the page, by a CSS selector.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) person: &'a Person,
    pub(super) selector: &'a str,
}

/// Text as a string of XPath.
fn quoted(text: &str) -> String {
    assert!(!text.contains('"'), "say it without quotes: {text}");
    format!("\"{text}\"")
}

impl Part<'_> {
    /// Waits until these words can be read here.
    pub(super) async fn shows(self, words: &str) {
        let what = format!("{} shows {words:?}", self.selector);
        self.person
            .eventually(&what, async || {
                Ok(self.words().await?.contains(&flat(words)).then_some(()))
            })
            .await;
    }

    /// Waits until these words can no longer be read here.
    pub(super) async fn lacks(self, words: &str) {
        let what = format!("{} does not show {words:?}", self.selector);
        self.person
            .eventually(&what, async || {
                Ok((!self.words().await?.contains(&flat(words))).then_some(()))
            })
            .await;
    }

    /// What can be read here, each run of white space as one space.
    pub(super) async fn words(self) -> Result<String, CmdError> {
        Ok(flat(&self.itself().await?.text().await?))
    }

    /// Follows a link, by its words.
    pub(super) async fn follows(self, words: &str) {
        self.clicks("a", words).await;
    }

    /// Presses a button, by its words.
    pub(super) async fn presses(self, words: &str) {
        self.clicks("button", words).await;
    }

    /// Unfolds what stands behind a heading, unless it stands open.
    pub(super) async fn unfolds(self, words: &str) {
        let said = quoted(words);
        let summary =
            format!("summary[normalize-space(.) = {said} or normalize-space(text()) = {said}]");
        let folded =
            format!(".//details[not(@open)]/{summary} | self::details[not(@open)]/{summary}");
        let open = format!(".//details[@open]/{summary} | self::details[@open]/{summary}");
        let what = format!("{words:?} in {} is unfolded", self.selector);
        self.person
            .eventually(&what, async || {
                if let Some(found) = self.first(&folded).await? {
                    self.person.show(&found).await?;
                    found.click().await?;
                }
                Ok(self.first(&open).await?.map(|_| ()))
            })
            .await;
    }

    /// Types into the field with this label, in the place of what was there.
    pub(super) async fn fills(self, label: &str, text: &str) {
        let what = format!("{:?} takes {text:?}", label);
        self.person
            .eventually(&what, async || {
                let Some(field) = self.field(label).await? else {
                    return Ok(None);
                };
                self.person.show(&field).await?;
                field.clear().await?;
                field.send_keys(text).await?;
                Ok((field.prop("value").await?.as_deref() == Some(text)).then_some(()))
            })
            .await;
    }

    /// Chooses what holds these words from the list with this label.
    pub(super) async fn chooses(self, label: &str, choice: &str) {
        let what = format!("{label:?} offers {choice:?}");
        let path = format!(
            ".//option[contains(normalize-space(.), {})]",
            quoted(choice)
        );
        self.person
            .eventually(&what, async || {
                let Some(field) = self.field(label).await? else {
                    return Ok(None);
                };
                self.person.show(&field).await?;
                let option = field.find(Locator::XPath(&path)).await?;
                option.click().await?;
                Ok(option.is_selected().await?.then_some(()))
            })
            .await;
    }

    /// Ticks a box, or picks one of several, by its words.
    pub(super) async fn ticks(self, words: &str) {
        let path = format!(
            ".//label[.//text()[contains(normalize-space(.), {0})]]//input",
            quoted(words)
        );
        let what = format!("{words:?} can be ticked");
        self.person
            .eventually(&what, async || {
                let Some(field) = self.first(&path).await? else {
                    return Ok(None);
                };
                self.person.show(&field).await?;
                if !field.is_selected().await? {
                    field.click().await?;
                }
                Ok(field.is_selected().await?.then_some(()))
            })
            .await;
    }

    /// Picks what is offered under these words: from a list over the page, or from cards in it.
    pub(super) async fn picks(self, words: &str) {
        let said = quoted(words);
        let path =
            format!(".//*[@role='option' or self::label][.//text()[normalize-space(.) = {said}]]");
        self.clicks_on(&path, &format!("{words:?} is offered"))
            .await;
        self.ticks(words).await;
    }

    /// What the field with this label holds.
    pub(super) async fn value(self, label: &str) -> String {
        let what = format!("{label:?} is there");
        self.person
            .eventually(&what, async || match self.field(label).await? {
                Some(field) => field.prop("value").await,
                None => Ok(None),
            })
            .await
    }

    async fn clicks(self, element: &str, words: &str) {
        let said = quoted(words);
        let path = format!(
            ".//{element}[normalize-space(.) = {said} or normalize-space(text()) = {said} or @aria-label = {said}]"
        );
        let what = format!("a {element} in {} says {words:?}", self.selector);
        self.clicks_on(&path, &what).await;
    }

    async fn clicks_on(self, path: &str, what: &str) {
        self.person
            .eventually(what, async || {
                let Some(found) = self.first(path).await? else {
                    return Ok(None);
                };
                self.person.show(&found).await?;
                found.click().await?;
                Ok(Some(()))
            })
            .await;
    }

    /// The field that a label names. (Labels of boxes that speak for themselves are for those who listen.)
    async fn field(self, label: &str) -> Result<Option<Element>, CmdError> {
        let path = format!(".//label[normalize-space(text()) = {}]", quoted(label));
        for label in self.itself().await?.find_all(Locator::XPath(&path)).await? {
            let Some(id) = label.attr("for").await? else {
                continue;
            };
            let field = self.person.browser.find(Locator::Id(&id)).await?;
            if field.is_displayed().await? {
                return Ok(Some(field));
            }
        }
        Ok(None)
    }

    /// The first element on this path that can be seen. (What only assistive programs read counts as seen.)
    async fn first(self, path: &str) -> Result<Option<Element>, CmdError> {
        for found in self.itself().await?.find_all(Locator::XPath(path)).await? {
            if found.is_displayed().await? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    async fn itself(self) -> Result<Element, CmdError> {
        self.person.browser.find(Locator::Css(self.selector)).await
    }
}
