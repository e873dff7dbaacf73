use crate::args::Args;

/// How much work goes into the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build; names of functions kept for readable panics.
    Dev,
    /// Small to load.
    Release,
}

impl From<&Args> for Profile {
    fn from(args: &Args) -> Self {
        if args.release { Self::Release } else { Self::Dev }
    }
}

impl Profile {
    /// Cargo's name of the profile (root Cargo.toml).
    pub(crate) fn cargo_name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "wasm-release",
        }
    }

    /// As the manifest and the folder of the cache call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }

    /// 0 to 11.
    pub(crate) fn brotli_quality(self) -> i32 {
        match self {
            Self::Dev => 3,
            Self::Release => 11,
        }
    }

    /// 0 to 9.
    pub(crate) fn gzip_level(self) -> u32 {
        match self {
            Self::Dev => 1,
            Self::Release => 9,
        }
    }

    pub(crate) fn is_release(self) -> bool {
        self == Self::Release
    }
}
