package dev.parallax.data;

import dev.parallax.tensor.Sequences;

/// One modality of a batch of dialogues: one row per utterance that has it, those of a dialogue one after the other.
public final class DialogueRows {

    private final int[] owners;
    private final int[] dialogues;
    private final Sequences rows;

    DialogueRows(int[] owners, int[] dialogues, Sequences rows) {
        this.owners = owners;
        this.dialogues = dialogues;
        this.rows = rows;
    }

    /// Which utterance of the batch each row belongs to, rising.
    public int[] owners() {
        return owners.clone();
    }

    /// The utterance of the batch that each dialogue with this modality begins with, rising.
    public int[] dialogues() {
        return dialogues.clone();
    }

    /// The vectors, one sequence per dialogue.
    public Sequences rows() {
        return rows;
    }
}
