// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/explain/account.h"
#include "ui/session/session.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace reslens;
using test::Desk;

class TestAccount : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_session.loadModel(m_desk.model(QStringLiteral("small.h5")));
        m_session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_COMPARE(m_session.state(), Session::State::Answered);
    }

    void theAccountEndsWithTheActivation_data()
    {
        QTest::addColumn<QString>("address");
        for (const char *address :
             {"stem/conv_1", "stem/conv_3", "mixed_5b/branch_1", "mixed_5b/output", "block35_1/branch_2",
              "block35_1/mixed", "block35_1/residual", "block35_1/sum", "block35_1/output",
              "mixed_6a/branch_0", "block17_1/branch_1_conv_2", "block17_1/branch_1", "block17_2/input",
              "block8_1/branch_1", "conv_7b/output", "predictions/logits"})
            QTest::newRow(address) << QString::fromLatin1(address);
    }

    void theAccountEndsWithTheActivation()
    {
        QFETCH(QString, address);
        const int node = *m_session.model()->description.find(address.toStdString());
        const Shape shape = m_session.model()->shapes[std::size_t(node)];
        for (const QPoint position : {QPoint(0, 0), QPoint(shape.width - 1, shape.height / 2)}) {
            const UnitStoryPtr story = ask(node, shape.channels - 1, position);
            QVERIFY2(story, qPrintable(m_session.unitExplainer().obstacle()));
            double size = std::abs(double(story->explanation.bias)) + std::abs(story->shortcut.value_or(0));
            for (const UnitTerm &term : story->explanation.terms)
                size += std::abs(term.product());
            for (const int most : {0, 5, 100'000}) {
                const std::vector<AccountLine> lines = accountOf(*story, most);
                QVERIFY(std::abs(lines.back().value - double(story->activation)) <= 1e-5 * size);
                double running = 0;
                for (const AccountLine &line : lines) {
                    running += line.value;
                    if (line.what == QLatin1String("bias"))
                        break;
                    QVERIFY(std::abs(line.running - running) <= 1e-12 * size);
                }
                QVERIFY(std::abs(running - story->sum()) <= 1e-9 * size);
            }
        }
    }

    void theLargestProductsComeFirst()
    {
        const UnitStoryPtr story = ask(nodeAt("block35_1/branch_2"), 0, {2, 2});
        const std::vector<AccountLine> lines = accountOf(*story, 5);
        // Five products, the rest, the bias, the sum and the ReLU.
        QCOMPARE(lines.size(), std::size_t(9));
        for (std::size_t i = 1; i < 5; ++i)
            QVERIFY(std::abs(lines[i - 1].value) >= std::abs(lines[i].value));
        for (const UnitTerm &term : story->explanation.terms)
            QVERIFY(std::abs(term.product()) <= std::abs(lines[0].value));
        QVERIFY(!lines[5].term &&
                lines[5].what.contains(QString::number(story->explanation.terms.size() - 5)));
        QCOMPARE(lines.back().value, std::max(0.0, story->sum()));
    }

    void residualsAreSplitByBranch()
    {
        const UnitStoryPtr story = ask(nodeAt("block35_1/output"), 1, {1, 1});
        QVERIFY(story->shortcut);
        QCOMPARE(story->shares.size(), std::size_t(3));
        double sum = *story->shortcut + double(story->explanation.bias);
        for (const BranchShare &share : story->shares)
            sum += share.sum;
        QVERIFY(std::abs(sum - story->sum()) < 1e-9);
        const QString words = sumInWords(*story);
        for (const char *word : {"x ", "branch_0", "branch_2", "bias", "ReLU"})
            QVERIFY2(words.contains(QLatin1String(word)), qPrintable(words));
        QVERIFY(foldingInWords(*story).contains(QStringLiteral("0.17")));
    }

    void partsBelowZeroKeepTheirSign()
    {
        UnitStory story = *ask(nodeAt("block35_1/output"), 1, {1, 1});
        story.shortcut = -2;
        story.shares[0].sum = 0.5;
        story.shares[1].sum = -0.25;
        story.explanation.bias = -0.125F;
        const QString words = sumInWords(story);
        for (const char *part : {"x −2.0", " + branch_0 0.5", " + branch_1 (−0.25", " + bias (−0.125"})
            QVERIFY2(words.contains(QString::fromUtf8(part)), qPrintable(words));
    }

    void stackedMapsAreFollowedToTheirBranch()
    {
        const int branch = nodeAt("block35_1/branch_1");
        const int before = m_session.model()->shapes[std::size_t(nodeAt("block35_1/branch_0"))].channels;
        const UnitStoryPtr stacked = ask(nodeAt("block35_1/mixed"), before, {1, 2});
        QCOMPARE(stacked->source, branch);
        QCOMPARE(stacked->sum(), ask(branch, 0, {1, 2})->sum());
        QVERIFY(stacked->address().startsWith(QStringLiteral("block35_1/mixed/ch")));
    }

    void patchesHoldAllProducts()
    {
        // The corner: part of the window hangs over the border.
        const UnitStoryPtr story = ask(nodeAt("block35_1/branch_1"), 0, {0, 0});
        const std::vector<Patch> patches = patchesOf(*story, 100'000);
        double sum = double(story->explanation.bias);
        for (const Patch &patch : patches) {
            QCOMPARE(patch.cells.size(), std::size_t(9));
            QVERIFY(!patch.cells[0] && !patch.cells[3] && patch.cells[4] && patch.cells[8]);
            sum += patch.sum;
        }
        QVERIFY(std::abs(sum - story->sum()) < 1e-9);
        QCOMPARE(patchesOf(*story, 2).size(), std::size_t(2));
        QVERIFY(std::abs(patches[0].sum) >= std::abs(patches[1].sum));
    }

    void poolingsTellTheirWindow_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<int>("values"); ///< under the window of the first unit
        QTest::addColumn<QString>("words");
        const int last = int(m_session.model()->shapes[std::size_t(nodeAt("conv_7b/output"))].positions());
        QTest::newRow("greatest") << "stem/pool_2" << 9 << "greatest of these 9 values";
        QTest::newRow("mean at the border") << "mixed_5b/branch_3_pool" << 4 << "mean of these 4 values";
        QTest::newRow("stacked") << "mixed_6a/output" << 9 << "greatest of these 9 values";
        QTest::newRow("of the whole map")
            << "predictions/pool" << last << QStringLiteral("mean of these %1 values").arg(last);
    }

    void poolingsTellTheirWindow()
    {
        QFETCH(QString, address);
        QFETCH(int, values);
        QFETCH(QString, words);
        const int node = *m_session.model()->description.find(address.toStdString());
        const Shape shape = m_session.model()->shapes[std::size_t(node)];
        // The last branch of mixed_6a is the pooling.
        const UnitStoryPtr story = ask(node, shape.channels - 1, {0, 0});
        QVERIFY2(story, qPrintable(m_session.unitExplainer().obstacle()));
        QVERIFY(story->isPooling());
        QCOMPARE(int(story->explanation.terms.size()), values);
        QVERIFY(sumInWords(*story).contains(words));
        QVERIFY(!foldingInWords(*story).isEmpty());
        QVERIFY(std::abs(story->sum() - double(story->activation)) <=
                1e-5 * std::abs(double(story->activation)));
        if (story->isMaximum())
            QCOMPARE(float(story->sum()), story->activation);
        const std::vector<Patch> patches = patchesOf(*story, 5);
        QCOMPARE(patches.size(), std::size_t(1));
        QCOMPARE(int(patches[0].cells.size()), story->window.width() * story->window.height());
    }

    void whatIsNoSumIsSaid()
    {
        QVERIFY(!ask(nodeAt("stem/input"), 0, {0, 0}));
        QVERIFY(!ask(nodeAt("predictions/probabilities"), 0, {0, 0}));
        QVERIFY(m_session.unitExplainer().obstacle().contains(QStringLiteral("softmax")));
    }

    void theTableVisiblyAddsUp()
    {
        AccountModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const UnitStoryPtr story = ask(nodeAt("conv_7b/output"), 3, {0, 0});
        model.setStory(story, 12);
        QCOMPARE(model.rowCount(), 12 + AccountModel::OtherLines - 1);
        const auto number = [&](int row, int column) {
            return model.index(row, column).data().toString().replace(u'−', u'-').toDouble();
        };
        const int decimals = decimalsOf(*story);
        for (int row = 1; model.line(row).what != QLatin1String("bias"); ++row) {
            const double expected = number(row - 1, AccountModel::Sum) + number(row, AccountModel::Product);
            QVERIFY(std::abs(number(row, AccountModel::Sum) - expected) < 1.6 * std::pow(10, -decimals));
        }
        model.setStory(nullptr, 12);
        QCOMPARE(model.rowCount(), 0);
    }

private:
    int nodeAt(const char *address) const { return *m_session.model()->description.find(address); }

    /// Null if there is no answer.
    UnitStoryPtr ask(int node, int channel, QPoint position)
    {
        UnitExplainer &explainer = m_session.unitExplainer();
        explainer.clear();
        explainer.ask({node, channel, position, m_session.model()});
        for (int i = 0; i < 500 && !explainer.story() && explainer.obstacle().isEmpty(); ++i)
            QTest::qWait(10);
        return explainer.story();
    }

    Desk m_desk;
    Session m_session;
};

QTEST_MAIN(TestAccount)
#include "test_account.moc"
