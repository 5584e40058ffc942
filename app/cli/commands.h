// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace reslens::cli {

inline constexpr int statusDone = 0;
inline constexpr int statusFailed = 1;
inline constexpr int statusWrongUsage = 2;
/// What shells report for a program that Ctrl+C has ended; the same for SIGTERM and SIGHUP.
inline constexpr int statusCancelled = 130;

/// The subcommands. Each takes the arguments that follow its name and returns the exit status. They throw
/// UsageError for wrong arguments and Error for what could not be done.
int classify(const QStringList &arguments);
int features(const QStringList &arguments);
int explain(const QStringList &arguments);
int saliency(const QStringList &arguments);
int evaluateSaliency(const QStringList &arguments);
int lesion(const QStringList &arguments);
int lens(const QStringList &arguments);
int inspect(const QStringList &arguments);
int fetchWeights(const QStringList &arguments);
int bench(const QStringList &arguments);

} // namespace reslens::cli
