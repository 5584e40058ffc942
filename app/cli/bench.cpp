// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/model.h"
#include "engine/benchmark.h"
#include "engine/kernels/sgemm.h"

#include <QElapsedTimer>
#include <QFile>

namespace reslens::cli {
namespace {

constexpr int mostRepeats = 100'000;

struct Figures
{
    QString model;
    int inputSize = 0;
    int threads = 0;
    int repeat = 0;
    Latency latency;
    std::vector<VisualizationCost> visualizations;
    double loadMilliseconds = 0;
    double peakMegabytes = 0;
};

/// The most memory that this process has had resident so far, in MB (10^6 bytes). getrusage() would count the
/// parent's memory too if that forked.
double peakMemory()
{
    QFile status("/proc/self/status");
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &row : status.readAll().split('\n')) {
        if (row.startsWith("VmHWM:"))
            return row.simplified().split(' ').value(1).toDouble() * 1024 / 1e6;
    }
    return 0;
}

Figures measure(const CommandLine &line)
{
    Figures figures;
    figures.repeat = line.number("repeat", 1, mostRepeats);
    QElapsedTimer timer;
    timer.start();
    const std::shared_ptr<const Network> network = loadModel(line);
    Runner runner(network, line.threads());
    figures.loadMilliseconds = double(timer.nsecsElapsed()) / 1e6;

    const Tensor input = benchmarkInput(network->inputSize());
    RunOptions options;
    options.stop = interruptToken();
    runner.run(input, options);
    // The bare SGEMM calls have buffers of their own, which are none of the network's memory.
    figures.peakMegabytes = peakMemory();
    figures.latency = measureLatency(runner, input, figures.repeat, interruptToken());
    if (line.isSet("visualizations"))
        figures.visualizations = measureVisualizations(runner, input, figures.repeat, interruptToken());

    figures.model = QString::fromStdString(network->info().name);
    figures.inputSize = network->inputSize();
    figures.threads = runner.threads();
    return figures;
}

QJsonObject toJson(const Figures &figures)
{
    QJsonObject json{{"model", figures.model},
                     {"threads", figures.threads},
                     {"repeat", figures.repeat},
                     {"median_ms", figures.latency.median},
                     {"min_ms", figures.latency.minimum},
                     {"gemm_floor_ms", figures.latency.gemmFloor},
                     {"gemm_kernels", QString::fromStdString(sgemmKernels())},
                     {"load_ms", figures.loadMilliseconds},
                     {"peak_rss_mb", figures.peakMegabytes}};
    QJsonObject visualizations;
    for (const VisualizationCost &cost : figures.visualizations)
        visualizations[QString::fromStdString(cost.name)] = cost.median;
    if (!visualizations.isEmpty())
        json["visualizations_ms"] = visualizations;
    return json;
}

QString toText(const Figures &figures)
{
    const auto number = [](double value) { return QString::number(value, 'f', 1).rightJustified(8); };
    const Latency &latency = figures.latency;
    QString text =
        QStringLiteral("%1, %2 × %2, threads: %3, runs: %4\n\n")
            .arg(escaped(figures.model), QString::number(figures.inputSize), QString::number(figures.threads),
                 QString::number(figures.repeat)) +
        QStringLiteral("latency      %1 ms median, %2 ms at best\n")
            .arg(number(latency.median), number(latency.minimum).trimmed()) +
        QStringLiteral("bare SGEMM   %1 ms median; latency is %2 × that; OpenBLAS for %3%4\n")
            .arg(number(latency.gemmFloor), QString::number(latency.median / latency.gemmFloor, 'f', 2),
                 QString::fromStdString(sgemmKernels()),
                 qEnvironmentVariableIsSet("OPENBLAS_CORETYPE")
                     ? ", as OPENBLAS_CORETYPE says (unset it to measure)"
                     : "") +
        QStringLiteral("load         %1 ms\n").arg(number(figures.loadMilliseconds)) +
        QStringLiteral("peak memory  %1 MB\n").arg(number(figures.peakMegabytes));
    const double forward = figures.visualizations.empty() ? 0 : figures.visualizations.front().median;
    for (const VisualizationCost &cost : figures.visualizations)
        text += QStringLiteral("%1 %2 ms median, %3 × a forward pass\n")
                    .arg(QString::fromStdString(cost.name).leftJustified(17), number(cost.median),
                         QString::number(cost.median / forward, 'f', 2));
    return text;
}

} // namespace

int bench(const QStringList &arguments)
{
    CommandLine line(
        "bench", "",
        "Measures the network on this machine: latency, the time of its bare matrix products (SGEMM) in "
        "the same run, load time and peak memory.");
    line.addModel();
    line.addInputSize();
    line.addThreads();
    line.add({"repeat", "How many runs to measure after one to warm up (default: 9).", "N", "9"});
    line.add({"visualizations",
              "Also measure a pass that keeps every block's output, the gradient of the input, the map "
              "of the direct method and lesions."});
    line.addJson();
    if (!line.parse(arguments))
        return statusDone;
    if (!line.arguments().isEmpty())
        throw UsageError("bench takes no pictures; name a model with --model.");

    const Figures figures = measure(line);
    if (line.isSet("json"))
        print(toJson(figures));
    else
        print(toText(figures));
    return statusDone;
}

} // namespace reslens::cli
