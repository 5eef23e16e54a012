package dev.parallax.autograd;

/// Is told of what a tape computes, while it does: also where nothing is differentiated and nothing is kept. Values
/// that it wants to keep it copies.
public interface TapeListener {

    /// A parameter is read.
    ///
    /// @param name  of the parameter
    /// @param value that stands for it from now on, or in one more place
    void named(String name, Variable value);

    /// An operation has run.
    void applied(Op op, Frame frame);
}
