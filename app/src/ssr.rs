//! What the shell needs from the server.

use std::sync::Arc;

/// Names of the built browser files.
#[derive(Debug, Clone)]
pub struct SiteFiles {
    /// Output name of the researcher portal's program, without extension.
    pub researcher: Arc<str>,
    /// Output name of the patient portal's program, without extension.
    pub patient: Arc<str>,
    /// Address of the style sheet.
    pub css: Arc<str>,
}
