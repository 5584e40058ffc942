// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/shapes.h"
#include "engine/tensor_address.h"

#include <QtTest>

using namespace reslens;

class TensorAddressTest : public QObject
{
    Q_OBJECT

    const Description m_official = describe(Architecture::standard());

    QString failure(const std::string &address) const
    {
        try {
            findTensor(m_official, address);
        } catch (const Error &error) {
            return error.kind() == ErrorKind::InvalidArgument ? QString::fromStdString(error.what())
                                                              : QString();
        }
        return {};
    }

private slots:
    void findsWhatTheDescriptionHas()
    {
        for (const Block &block : m_official.blocks) {
            for (const std::string &address : m_official.addresses(block))
                QCOMPARE(findTensor(m_official, address), m_official.find(address).value());
        }
    }

    void listsTheTensorsOfTheBlock()
    {
        QCOMPARE(
            failure("predictions/softmax"),
            QString(
                "There is no tensor \"predictions/softmax\": the tensors of predictions are pool, logits and "
                "probabilities"));
        QVERIFY(failure("block17_3").contains("input, branch_0,"));
        QVERIFY(failure("block17_3/").contains("residual, sum and output"));
    }

    void listsTheBlocks()
    {
        const QString blocks =
            "the network's blocks are stem, mixed_5b, block35_1…10, mixed_6a, block17_1…20, "
            "mixed_7a, block8_1…10, conv_7b and predictions";
        for (const char *address : {"block17_21/sum", "block17/sum", "", "/", "/sum", "sum"}) {
            const QString sentence = failure(address);
            QVERIFY2(sentence.endsWith(blocks), qPrintable(sentence));
            QVERIFY(sentence.contains(QString("\"%1\"").arg(address)));
        }
    }

    void aSingleBlockIsNamedAsItIs()
    {
        const Description small = describe(Architecture::standard(0.125, 1, 2, 0));
        QVERIFY_EXCEPTION_THROWN(findTensor(small, "x/y"), Error);
        try {
            findTensor(small, "x/y");
        } catch (const Error &error) {
            QVERIFY(QString(error.what())
                        .contains("mixed_5b, block35_1, mixed_6a, block17_1…2, mixed_7a, conv_7b"));
        }
    }

    void vectorsHaveOneExtent()
    {
        const std::vector<Shape> shapes = inferShapes(m_official, 75);
        const auto extents = [&](const char *address) {
            const auto node = std::size_t(findTensor(m_official, address));
            return exportExtents(m_official.nodes[node], shapes[node]);
        };
        QCOMPARE(extents("predictions/pool"), std::vector<std::size_t>{1536});
        QCOMPARE(extents("predictions/logits"), std::vector<std::size_t>{1000});
        QCOMPARE(extents("predictions/probabilities"), std::vector<std::size_t>{1000});
        // One position only, and still a map.
        QCOMPARE(extents("block8_1/mixed"), (std::vector<std::size_t>{1, 1, 448}));
    }
};

QTEST_APPLESS_MAIN(TensorAddressTest)
#include "test_tensor_address.moc"
