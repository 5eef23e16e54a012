package dev.parallax.backend.device;

import java.util.Locale;

/// What a device is, for people and for choices.
///
/// @param api    `opencl` or `cuda`
/// @param number of the device among those of its kind on this machine, from 0
/// @param name   the device
/// @param driver its driver and version
/// @param isGpu  false for a processor that stands for a GPU: right, but slow
/// @param bytes  memory
/// @param units  how many groups can run at the same time, at least
public record DeviceProperties(
        String api, int number, String name, String driver, boolean isGpu, long bytes, int units) {

    /// How it is chosen: `opencl:0`.
    public String address() {
        return api + ":" + number;
    }

    /// One line: address, device, driver, memory, GPU or CPU.
    public String description() {
        return address() + " \"" + name + "\" (" + (isGpu ? "GPU" : "CPU") + ", " + size(bytes) + ", driver " + driver
                + ")";
    }

    /// A number of bytes for people: `3.2 MiB`.
    static String size(long bytes) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
    }
}
