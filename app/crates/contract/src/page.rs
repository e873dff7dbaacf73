//! List queries and their answers: `{data, pagination}`.

use serde::{Deserialize, Serialize};

/// Direction of a sort.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Order {
    #[default]
    Asc,
    Desc,
}

/// What a list page or a list request may ask for. Everything is optional; out-of-range numbers
/// are refused by [`ListQuery::window`], not silently changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct ListQuery {
    /// Page number from 1.
    pub page: Option<u32>,
    /// Rows a page, 1 to 200; 50 unless told.
    pub per_page: Option<u32>,
    /// Column to sort by; each list names the ones it knows.
    pub sort: Option<String>,
    pub order: Option<Order>,
    /// Text to look for.
    pub search: Option<String>,
    /// Only rows of this status.
    pub status: Option<String>,
}

impl ListQuery {
    pub const MAX_PER_PAGE: u32 = 200;
    pub const DEFAULT_PER_PAGE: u32 = 50;

    /// `(limit, offset)` for the database.
    ///
    /// # Errors
    /// 422 naming `page` or `per_page` when out of range.
    pub fn window(&self) -> Result<(i64, i64), crate::ApiError> {
        let page = self.page.unwrap_or(1);
        let per_page = self.per_page.unwrap_or(Self::DEFAULT_PER_PAGE);
        if page == 0 {
            return Err(crate::ApiError::field("page", "range", "must be 1 or more."));
        }
        if per_page == 0 || per_page > Self::MAX_PER_PAGE {
            return Err(crate::ApiError::field(
                "per_page",
                "range",
                format!("must be between 1 and {}.", Self::MAX_PER_PAGE),
            ));
        }
        Ok((i64::from(per_page), (i64::from(page) - 1) * i64::from(per_page)))
    }
}

/// Where a page stands in the whole list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pagination {
    pub page: u32,
    pub per_page: u32,
    pub total: u64,
    pub total_pages: u32,
    pub has_next: bool,
    pub has_prev: bool,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub data: Vec<T>,
    pub pagination: Pagination,
}

impl<T> Page<T> {
    /// The page that `query` asked for, with `total` rows in the whole list.
    #[must_use]
    pub fn new(data: Vec<T>, query: &ListQuery, total: u64) -> Self {
        let page = query.page.unwrap_or(1);
        let per_page = query.per_page.unwrap_or(ListQuery::DEFAULT_PER_PAGE).max(1);
        let total_pages =
            u32::try_from(total.div_ceil(u64::from(per_page))).unwrap_or(u32::MAX).max(1);
        Self {
            data,
            pagination: Pagination {
                page,
                per_page,
                total,
                total_pages,
                has_next: page < total_pages,
                has_prev: page > 1,
            },
        }
    }
}
