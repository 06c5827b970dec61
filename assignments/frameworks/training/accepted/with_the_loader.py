"""Everything that PyTorch has ready: DataLoader, cdist, reductions; a list of the first places of the parts."""

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, TensorDataset


class Radial(nn.Module):
    def __init__(self, n_in, n_out, *, rng=None):
        super().__init__()
        if n_in < 1:
            raise ValueError("n_in is below 1")
        if n_out < 1:
            raise ValueError("n_out is below 1")
        centers = torch.empty(n_out, n_in).normal_(generator=rng)
        self.centers = nn.Parameter(centers)
        self.register_parameter("log_gamma", nn.Parameter(torch.zeros(n_out)))
        self.register_buffer("seen", torch.zeros((), dtype=torch.long))

    def forward(self, x):
        if x.dim() != 2 or x.shape[1] != self.centers.shape[1] or len(x) == 0:
            raise ValueError("x has another shape")
        if self.training:
            self.seen = self.seen + x.shape[0]
        return torch.exp(-torch.exp(self.log_gamma) * torch.cdist(x, self.centers).pow(2))


def image_net(classes=10):
    if classes < 1:
        raise ValueError("classes is below 1")
    layers, channels = [], 3
    for wider in (16, 32):
        layers += [nn.Conv2d(channels, wider, kernel_size=3, padding="same"), nn.ReLU(), nn.MaxPool2d(2, 2)]
        channels = wider
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(2048, classes))


class Parts(Dataset):
    def __init__(self, read, sizes):
        check_sizes(sizes)
        self.read = read
        self.places = [(k, row) for k, size in enumerate(sizes) for row in range(size)]
        self.memory = {}

    def __len__(self):
        return len(self.places)

    def __getitem__(self, index):
        k, row = self.places[index]
        if k not in self.memory:
            self.memory.clear()
            self.memory[k] = self.read(k)
        return tuple(values[row].clone() for values in self.memory[k])


def check_sizes(sizes):
    if len(sizes) == 0 or min(sizes) < 1:
        raise ValueError("sizes are wrong")


def part_batches(read, sizes, batch, rng):
    check_sizes(sizes)
    if batch < 1:
        raise ValueError("batch is below 1")
    for k in torch.randperm(len(sizes), generator=rng).tolist():
        loader = DataLoader(TensorDataset(*read(k)), batch_size=batch, shuffle=True, generator=rng)
        for X, y in loader:
            yield X, y
        del loader, X, y


def check(X, y, of=""):
    if len(X) == 0 or not torch.isfinite(X).all():
        raise ValueError(f"X{of} is wrong")
    if y.shape != (len(X),) or y.is_floating_point():
        raise ValueError(f"y{of} is wrong")


def evaluate(model, X, y, batch=256):
    check(X, y)
    if batch < 1:
        raise ValueError("batch is below 1")
    modes = {module: module.training for module in model.modules()}
    model.eval()
    with torch.inference_mode():
        logits = torch.cat([model(some) for (some,) in DataLoader(TensorDataset(X), batch_size=batch, generator=torch.Generator())])
        loss = nn.CrossEntropyLoss()(logits, y)
        accuracy = (logits.argmax(1) == y).double().mean()
    for module, mode in modes.items():
        module.training = mode
    return float(loss), float(accuracy)


def fit(model, X, y, *, epochs, batch, rate, rng, X_val, y_val):
    check(X, y)
    check(X_val, y_val, "_val")
    for name, value in {"epochs": epochs, "batch": batch}.items():
        if value < 1:
            raise ValueError(f"{name} is below 1")
    if rate <= 0:
        raise ValueError("rate is not positive")
    loader = DataLoader(TensorDataset(X, y), batch_size=batch, shuffle=True, generator=rng)
    optimizer = torch.optim.Adam(model.parameters(), rate)
    history = {name: [] for name in ("train_loss", "val_loss", "val_accuracy")}
    for _ in range(epochs):
        model.train()
        losses = []
        for some, classes in loader:
            each = nn.functional.cross_entropy(model(some), classes, reduction="none")
            model.zero_grad()
            each.mean().backward()
            optimizer.step()
            losses.append(each.detach())
        history["train_loss"].append(float(torch.cat(losses).mean()))
        for name, value in zip(("val_loss", "val_accuracy"), evaluate(model, X_val, y_val), strict=True):
            history[name].append(value)
    return history
