// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/colour.h"

#include <QColorSpace>

#include <cmath>
#include <memory>

#include <lcms2.h>

namespace reslens {
namespace {

struct CloseProfile
{
    void operator()(void *profile) const { cmsCloseProfile(profile); }
};
struct DeleteTransform
{
    void operator()(void *transform) const { cmsDeleteTransform(transform); }
};
using Profile = std::unique_ptr<void, CloseProfile>;
using Transform = std::unique_ptr<void, DeleteTransform>;

/// The PNG specification has sRGB pictures carry the exponent 0.45455 for programs that know no better, and
/// many write nothing else. Taken at its word, it would change dark pixels.
bool meansSrgb(const QColorSpace &space)
{
    if (space.transferFunction() != QColorSpace::TransferFunction::Gamma)
        return space == QColorSpace(QColorSpace::SRgb);
    constexpr float tolerance = 0.02F;
    // Qt takes primaries that a file spells out for custom ones; only spelled out do they compare equal.
    const QColorSpace spelledOut({0.3127, 0.3290}, {0.64, 0.33}, {0.30, 0.60}, {0.15, 0.06},
                                 QColorSpace::TransferFunction::Gamma, space.gamma());
    return std::abs(space.gamma() - 2.2F) < tolerance &&
           (space.primaries() == QColorSpace::Primaries::SRgb || space == spelledOut);
}

bool isDeep(const QImage &image)
{
    return image.depth() > 32 || image.format() == QImage::Format_Grayscale16;
}

QImage byGammaAndPrimaries(QImage image)
{
    const QColorSpace space = image.colorSpace();
    if (!space.isValid() || meansSrgb(space))
        return image;
    // Palettes and grey have no room for the converted colours.
    if (isDeep(image))
        image.convertTo(QImage::Format_RGBA64);
    else
        image.convertTo(image.hasAlphaChannel() ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    image.convertToColorSpace(QColorSpace(QColorSpace::SRgb));
    return image;
}

cmsColorSpaceSignature signatureOf(ColourModel model)
{
    return model == ColourModel::Grey  ? cmsSigGrayData
           : model == ColourModel::Rgb ? cmsSigRgbData
                                       : cmsSigCmykData;
}

/// How LittleCMS finds the model's numbers among the four of a pixel. What it calls extra, it leaves alone:
/// the transparency, and the second and third of three equal numbers.
cmsUInt32Number layoutOf(ColourModel model, cmsUInt32Number bytes)
{
    switch (model) {
    case ColourModel::Grey:
        return COLORSPACE_SH(PT_GRAY) | CHANNELS_SH(1) | EXTRA_SH(3) | BYTES_SH(bytes);
    case ColourModel::Rgb:
        return COLORSPACE_SH(PT_RGB) | CHANNELS_SH(3) | EXTRA_SH(1) | BYTES_SH(bytes);
    case ColourModel::Cmyk:
        break;
    }
    return COLORSPACE_SH(PT_CMYK) | CHANNELS_SH(4) | BYTES_SH(bytes);
}

Transform transformToSrgb(const QByteArray &data, ColourModel model, cmsUInt32Number bytes)
{
    const Profile source(cmsOpenProfileFromMem(data.constData(), cmsUInt32Number(data.size())));
    if (!source || cmsGetColorSpace(source.get()) != signatureOf(model))
        return {};
    const Profile target(cmsCreate_sRGBProfile());
    // The table that LittleCMS takes for 16 bits is off by up to 16 of 255 levels in dark colours.
    const cmsUInt32Number precision = bytes > 1 ? cmsFLAGS_NOOPTIMIZE : 0;
    return Transform(cmsCreateTransform(source.get(), layoutOf(model, bytes), target.get(),
                                        layoutOf(ColourModel::Rgb, bytes), INTENT_PERCEPTUAL, precision));
}

/// Where CMYK had its black, RGB has its transparency.
void makeOpaque(QImage &image)
{
    image.reinterpretAsFormat(QImage::Format_RGBX8888);
    for (int y = 0; y < image.height(); ++y) {
        uchar *line = image.scanLine(y);
        for (int x = 0; x < image.width(); ++x)
            line[4 * x + 3] = 255;
    }
}

/// Whether there was a profile to go by.
bool byProfile(DecodedPicture &picture)
{
    QImage &image = picture.image;
    const bool deep = isDeep(image);
    const Transform transform = transformToSrgb(picture.profile, picture.model, deep ? 2 : 1);
    if (!transform)
        return false;
    image.convertTo(deep ? QImage::Format_RGBA64 : QImage::Format_RGBA8888);
    for (int y = 0; y < image.height(); ++y) {
        uchar *line = image.scanLine(y);
        cmsDoTransform(transform.get(), line, line, cmsUInt32Number(image.width()));
    }
    if (picture.model == ColourModel::Cmyk)
        makeOpaque(image);
    return true;
}

/// a × b / 255, rounded.
int product(int a, int b)
{
    const int sum = a * b + 128;
    return ((sum >> 8) + sum) >> 8;
}

void inkToLight(QImage &image)
{
    for (int y = 0; y < image.height(); ++y) {
        uchar *pixel = image.scanLine(y);
        for (int x = 0; x < image.width(); ++x, pixel += 4) {
            const int light = 255 - pixel[3];
            for (int channel = 0; channel < 3; ++channel)
                pixel[channel] = uchar(light - product(pixel[channel], light));
        }
    }
    makeOpaque(image);
}

} // namespace

QImage inSrgb(DecodedPicture picture)
{
    if (picture.profile.isEmpty())
        return picture.model == ColourModel::Cmyk ? asStored(std::move(picture))
                                                  : byGammaAndPrimaries(std::move(picture.image));
    const bool isSrgb = QColorSpace::fromIccProfile(picture.profile) == QColorSpace(QColorSpace::SRgb);
    if ((isSrgb && picture.model == ColourModel::Rgb) || !byProfile(picture))
        return asStored(std::move(picture));
    return std::move(picture.image);
}

QImage asStored(DecodedPicture picture)
{
    if (picture.model == ColourModel::Cmyk)
        inkToLight(picture.image);
    return std::move(picture.image);
}

} // namespace reslens
