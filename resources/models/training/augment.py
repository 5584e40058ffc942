# SPDX-License-Identifier: GPL-3.0-or-later
"""From 64-pixel images to the network's input.

Small images are coarse and aliased, photographs are smooth or crisp at the deployed size: sharpness varies as widely
as place, scale and colour.
"""

import math

import torch
import torch.nn.functional as F


def enlarge(images, size):
    """8-bit N×3×H×W to size × size in [-1, 1], bilinear, as at deployment."""
    x = F.interpolate(images.float(), size=(size, size), mode="bilinear", align_corners=False, antialias=True)
    return (x / 127.5 - 1).contiguous(memory_format=torch.channels_last)


def _uniform(random, n, low, high):
    return torch.rand(n, generator=random) * (high - low) + low


def _taps(positions, pixels, cubic):
    """N × size × pixels weights that interpolate a side of `pixels` at the N × size positions: bilinear, or bicubic
    (Keys 1981, a = -0.75)."""
    distance = (positions.clamp(0, pixels - 1)[..., None] - torch.arange(pixels)).abs()
    if not cubic:
        return (1 - distance).clamp(min=0)
    near = (1.25 * distance - 2.25) * distance ** 2 + 1
    far = ((-0.75 * distance + 3.75) * distance - 6) * distance + 3
    taps = torch.where(distance < 1, near, torch.where(distance < 2, far, 0.0))
    return taps / taps.sum(2, keepdim=True)


def _crops(images, size, random, least_area):
    """A random part of each image, `least_area` to all of its area, sides 3:4 to 4:3, mirrored half of the time.

    Rows and columns are interpolated one after the other, as two matrix products: several times as fast as a sampling
    grid.
    """
    n, pixels = len(images), images.shape[-1]
    area = _uniform(random, n, least_area, 1.0)
    aspect = torch.exp(_uniform(random, n, math.log(3 / 4), math.log(4 / 3)))
    width = (area * aspect).sqrt().clamp(max=1)
    height = (area / aspect).sqrt().clamp(max=1)
    left = (1 - width) * torch.rand(n, generator=random)
    top = (1 - height) * torch.rand(n, generator=random)
    mirrored = torch.rand(n, generator=random) < 0.5
    cubic = torch.rand((), generator=random) < 0.5
    centres = (torch.arange(size) + 0.5) / size
    across = torch.where(mirrored[:, None], 1 - centres, centres)
    columns = _taps((left[:, None] + width[:, None] * across) * pixels - 0.5, pixels, cubic)
    rows = _taps((top[:, None] + height[:, None] * centres) * pixels - 0.5, pixels, cubic)
    return rows[:, None] @ images @ columns[:, None].transpose(2, 3)


def _blur(images, sigma):
    """Gaussian along both sides, of an own sigma in pixels for each image; what lies outside has no weight."""
    distance = torch.arange(images.shape[-1]).float()
    distance = distance[:, None] - distance
    taps = torch.exp(-0.5 * (distance / sigma[:, None, None]) ** 2)
    taps = (taps / taps.sum(2, keepdim=True))[:, None]
    return taps @ images @ taps.transpose(2, 3)


def _sharpness(images, random):
    """A third is softer, a third crisper (unsharp mask), at the images' own size: cheaper than once enlarged."""
    kind = torch.randint(0, 3, (len(images),), generator=random)
    soft, crisp = torch.nonzero(kind == 0)[:, 0], torch.nonzero(kind == 1)[:, 0]
    images = images.clone()
    images[soft] = _blur(images[soft], _uniform(random, len(soft), 0.4, 1.0))
    strength = _uniform(random, len(crisp), 0.3, 1.5)[:, None, None, None]
    smooth = _blur(images[crisp], torch.full((len(crisp),), 0.6))
    images[crisp] += strength * (images[crisp] - smooth)
    return images


def _colours(images, random):
    """Brightness, contrast and saturation; one in twenty is grey."""
    n = len(images)
    grey = images.mean(1, keepdim=True)
    saturation = _uniform(random, n, 0.6, 1.4) * (torch.rand(n, generator=random) > 0.05)
    images = grey + (images - grey) * saturation[:, None, None, None]
    mean = images.mean((1, 2, 3), keepdim=True)
    contrast = _uniform(random, n, 0.8, 1.2)[:, None, None, None]
    brightness = _uniform(random, n, -0.15, 0.15)[:, None, None, None]
    return mean + (images - mean) * contrast + brightness


def augment(images, size, random, least_area):
    """8-bit N×3×64×64 to size × size in [-1, 1], each of them at least `least_area` of the image; `random` is a
    torch.Generator."""
    x = _colours(_sharpness(images.float() / 127.5 - 1, random), random)
    return _crops(x, size, random, least_area).clamp(-1, 1).contiguous(memory_format=torch.channels_last)
