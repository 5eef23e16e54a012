package dev.parallax.setup.request;

import java.nio.file.Path;
import java.util.List;

/// Groups of test utterances that are scored by themselves.
///
/// @param file    a table with a column `id` and one for each way to group
/// @param columns the names of those that are used, at least one
public record GroupsRequest(Path file, List<String> columns) {

    public GroupsRequest {
        columns = List.copyOf(columns);
    }
}
