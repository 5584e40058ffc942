// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace reslens {

/// Cores that a control group's quota is worth, rounded up. The text is that of its cpu.max: the microseconds
/// that its threads may run in each period, and the period's, "200000 100000". Nothing for "max 100000" and
/// for any other text.
std::optional<int> coresOfQuota(const std::string &cpuMax);

/// The same for the container that this process is in; nothing outside of one.
std::optional<int> coresByQuota();

} // namespace reslens
