package dev.parallax.report.page;

/// Which of a model's answers.
public enum View {
    /// The fusion of both perspectives.
    FUSED("fused"),
    /// What the audio alone says.
    AUDIO("audio"),
    /// What the text alone says.
    TEXT("text"),
    /// The answer to go by: fused where there are both, else the one there is; that of one perspective where the
    /// other is unlike what the model knows.
    DECISION("decision");

    private final String title;

    View(String title) {
        this.title = title;
    }

    /// The name that pages show.
    public String title() {
        return title;
    }
}
