// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/weights/model_config.h"

#include <QtTest>

using namespace reslens;

namespace {

QByteArray layer(const QByteArray &className, const QByteArray &config = {}, const QByteArray &inbound = "[]")
{
    return "{\"class_name\": \"" + className + "\", \"config\": {\"name\": \"x\"" +
           (config.isEmpty() ? "" : ", " + config) + "}, \"inbound_nodes\": " + inbound + "}";
}

QByteArray input(const QByteArray &shape)
{
    return layer("InputLayer", "\"batch_shape\": " + shape);
}

/// An operation as Keras 3 writes it.
QByteArray operation(const QByteArray &className, const QByteArray &operand)
{
    return layer(className, {},
                 "[{\"args\": [{\"class_name\": \"__keras_tensor__\", \"config\": {}}, " + operand +
                     "], \"kwargs\": {}}]");
}

/// The same as TensorFlow's Keras 2 does.
QByteArray lambda(const QByteArray &function, const QByteArray &operand)
{
    return layer("TFOpLambda", "\"function\": \"" + function + '"',
                 "[[\"input_1\", 0, 0, {\"y\": " + operand + ", \"name\": null}]]");
}

QByteArray rescaling(double scale, double offset)
{
    return layer("Rescaling", "\"scale\": " + QByteArray::number(scale, 'g', 17) +
                                  ", \"offset\": " + QByteArray::number(offset));
}

QByteArray model(const QByteArrayList &layers)
{
    return "{\"class_name\": \"Functional\", \"config\": {\"name\": \"m\", \"layers\": [" +
           layers.join(", ") + "]}}";
}

} // namespace

class TestModelConfig : public QObject
{
    Q_OBJECT

private slots:
    void knowsThePreprocessing_data()
    {
        QTest::addColumn<QByteArrayList>("before");
        QTest::addColumn<bool>("accepted");
        const QByteArray divide = operation("TrueDivide", "127.5");
        const QByteArray subtract = operation("Subtract", "1.0");
        const auto row = [](const char *name, const QByteArrayList &before, bool accepted) {
            QTest::newRow(name) << before << accepted;
        };
        row("none", {}, true);
        row("Keras 3", {divide, subtract}, true);
        row("Keras 2", {lambda("math.truediv", "127.5"), lambda("math.subtract", "1.0")}, true);
        row("one layer", {rescaling(1 / 127.5, -1)}, true);
        row("augmented", {layer("RandomFlip"), rescaling(1 / 127.5, -1)}, true);
        row("cropped", {layer("RandomCrop")}, false);
        row("by something unknown", {layer("RandomThing")}, false);
        row("division alone", {divide}, false);
        row("subtraction alone", {subtract}, false);
        row("the other way round", {subtract, divide}, false);
        row("another number that contains it", {divide, operation("Subtract", "121.0")}, false);
        row("another division", {operation("TrueDivide", "255"), subtract}, false);
        row("twice", {rescaling(1 / 127.5, -1), rescaling(1 / 127.5, -1)}, false);
        row("both ways", {divide, subtract, rescaling(1 / 127.5, -1)}, false);
        row("to 0 … 1", {rescaling(1 / 255.0, 0)}, false);
    }

    void knowsThePreprocessing()
    {
        QFETCH(const QByteArrayList, before);
        QFETCH(const bool, accepted);
        const QByteArray json =
            model(QByteArrayList{input("[null, 139, 139, 3]")} + before + QByteArrayList{layer("Conv2D")});
        QCOMPARE(failure(json).isEmpty(), accepted);
        QVERIFY(accepted || failure(json).contains("expected x / 127.5 - 1"));
    }

    void readsTheInputSize()
    {
        const auto sizeOf = [](const QByteArray &shape) {
            return parseModelConfig(model({input(shape), layer("Conv2D")}).toStdString(), "m").inputSize;
        };
        QCOMPARE(sizeOf("[null, 139, 139, 3]"), 139);
        QCOMPARE(sizeOf("[null, 3, 139, 139]"), 139);
        QCOMPARE(sizeOf("[null, null, null, 3]"), 0);
        QVERIFY(
            failure(model({input("[null, 160, 224, 3]")})).contains("224 × 160 pixels; expected a square"));
        QVERIFY(failure(model({input("[null, 3, 160, 224]")})).contains("224 × 160"));
    }

    void refusesAnotherNetworkOfTheSameShapes()
    {
        const auto body = [](const QByteArray &className, const QByteArray &config) {
            return failure(model({input("[null, 139, 139, 3]"), layer("Conv2D"), layer(className, config)}));
        };
        QCOMPARE(body("Activation", "\"activation\": \"relu\""), QString());
        QCOMPARE(body("BatchNormalization", "\"epsilon\": 0.001"), QString());
        QVERIFY(body("Activation", "\"activation\": \"swish\"")
                    .contains("x (Activation) in m.keras has activation \"swish\"; expected \"relu\""));
        QVERIFY(body("BatchNormalization", "\"epsilon\": 0.1").contains("epsilon 0.1; expected 0.001"));
        QVERIFY(body("Conv2D", "\"dilation_rate\": [2, 2]").contains("expected [1,1]"));
        QVERIFY(body("Conv2D", "\"groups\": 2").contains("groups 2; expected 1"));
        QVERIFY(body("Conv2D", "\"activation\": \"relu\"").contains("expected \"linear\""));
        QVERIFY(body("MaxPooling2D", "\"data_format\": \"channels_first\"").contains("channels_last"));
    }

    void refusesWhatIsNoListOfLayers()
    {
        QVERIFY(failure("{\"class_name\": \"Mine\", \"config\": {}}").contains("does not list its layers"));
        QVERIFY(failure("{").contains("is damaged"));
        const QByteArray deep = QByteArray(100'000, '[') + QByteArray(100'000, ']');
        QVERIFY(failure(model({layer("Conv2D", {}, deep)})).contains("nested"));
        QByteArray nested = layer("Conv2D");
        for (int i = 0; i < 1000; ++i)
            nested = "{\"class_name\":\"Functional\",\"config\":{\"layers\":[" + nested + "]}}";
        QVERIFY(failure(nested).contains("nested"));
        // Brackets within a string are none.
        QVERIFY(
            failure(model({layer("Conv2D", "\"note\": \"" + QByteArray(1000, '[') + "\\\"[\"")})).isEmpty());
    }

private:
    static QString failure(const QByteArray &json)
    {
        try {
            parseModelConfig(json.toStdString(), "m.keras");
        } catch (const Error &error) {
            return QString::fromStdString(error.what());
        }
        return {};
    }
};

QTEST_APPLESS_MAIN(TestModelConfig)
#include "test_model_config.moc"
