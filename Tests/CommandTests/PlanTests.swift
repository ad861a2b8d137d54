import Foundation
import Testing

@Suite struct PlanTests {
  @Test func help() throws {
    try Screen(
      name: "help", arguments: ["plan", "--help"],
      output: """
        OVERVIEW: Say what fit would do: components, engine, memory, time per
        iteration.

        The data are compiled as fit compiles them, and a few iterations are run and
        timed. Nothing is learned; the model needs no parameters.

        Example: latent plan survey.yaml survey.csv

        USAGE: latent plan <model> <data> [--completion <completion>] [--json] [--missing <token> ...] \
        [--only-missing <token> ...] [--weights <column>] [--ignore-columns] [--quiet] [--memory-limit <MiB>]

        ARGUMENTS:
          <model>                 The model. - is standard input.
          <data>                  The table. - is standard input.

        DATA:
          --missing <token>       Read TOKEN as a missing cell, besides the empty cell,
                                  NA, N/A, NaN, null and ?; repeatable. COLUMN=TOKEN
                                  for one column.
          --only-missing <token>  Read TOKEN as a missing cell, and no other token;
                                  repeatable.
          --weights <column>      The column that holds the weight of each row.
          --ignore-columns        Pass over columns that the model does not know.

        OPTIONS:
          --completion <completion>
                                  Complete every unobserved cell of a row (full), or
                                  only those with an observed descendant (minimal).
                                  (values: minimal, full; default: minimal)
          --json                  Print the plan as one JSON object.
          --quiet                 Write nothing to standard error but errors.
          --memory-limit <MiB>    Refuse exact inference whose tables need more memory
                                  than this, in MiB. (default: 2048)
          --version               Show the version.
          -h, --help              Show help information.


        """
    ).check()
  }

  /// What the tool says, with an ellipsis where it says how long something took.
  private func plan(_ arguments: String...) throws -> ToolRun {
    var run = try RowExamples.run(["plan"] + arguments).run
    run.standardOutput.replace(/[0-9.]+ (µs|ms|s), measured/, with: "…, measured")
    run.standardOutput.replace(/seconds(_per_iteration)?" : [-0-9.e]+/) { "seconds\($0.output.1 ?? "")\" : …" }
    return run
  }

  @Test func hiddenComponents() throws {
    let run = try plan("classes.yaml", "votes.csv", "--weights", "w", "--ignore-columns")
    let screen = """
      rows                4, 2 of them complete
      weight              5.0
      missing cells       3
      latent variables    bloc
      free parameters     5
      engine              components: exact sums over distinct hidden components
      hidden components   3 in all rows, 3 distinct, of 2 shapes
      nodes               3 with 3 cells, computed in 2 groups
      largest clique      bloc: 2 joint states
      counted once        0.0 % of the family counts
      memory              0.5 KiB per thread
      time to compile     …, measured
      time per iteration  …, measured

      """
    #expect(run == ToolRun(status: 0, standardOutput: screen, standardError: ""))
  }

  /// The model has no parameters, and nothing is hidden.
  @Test func counting() throws {
    let run = try plan("structure.yaml", "complete.csv")
    let screen = """
      rows                2, 2 of them complete
      missing cells       0
      free parameters     7
      engine              counting: nothing is hidden, one iteration finds the maximum
      counted once        100.0 % of the family counts
      memory              0.2 KiB per thread
      time to compile     …, measured
      time per iteration  …, measured

      """
    #expect(run == ToolRun(status: 0, standardOutput: screen, standardError: ""))
  }

  @Test func json() throws {
    let run = try plan("rain.yaml", "grass.csv", "--ignore-columns", "--completion", "full", "--json")
    let screen = """
      {
        "cells" : 8,
        "compile_seconds" : …,
        "complete_rows" : 0,
        "completion" : "full",
        "components" : 4,
        "constant_share" : 0.25,
        "distinct_components" : 4,
        "engine" : "components",
        "free_parameters" : 7,
        "groups" : 3,
        "incomplete_rows" : 4,
        "largest_clique" : [
          "rain",
          "sprinkler"
        ],
        "largest_clique_states" : 4,
        "latent_variables" : [

        ],
        "memory_bytes" : 856,
        "missing_cells" : 6,
        "nodes" : 6,
        "operations" : 34,
        "rows" : 4,
        "seconds_per_iteration" : …,
        "shapes" : 3,
        "total_weight" : 4
      }

      """
    #expect(run == ToolRun(status: 0, standardOutput: screen, standardError: ""))
  }

  @Test func refusesWhatFitRefuses() throws {
    try RefusedRun(
      name: "weights", arguments: ["plan", "rain.yaml", "weightless.csv", "--weights", "w"], status: 65,
      sentence: "weightless.csv: every row has weight 0, so there is nothing to learn from"
    ).check()
  }

  /// Eighteen latent parents of one observed child are one clique.
  @Test func namesTheCliqueThatDoesNotFit() throws {
    let parents = (0..<18).map { "p\($0)" }
    let variables = parents.map { "  \($0): {states: [n, y], latent: true}\n" }.joined()
    let edges = parents.map { "  - \($0) -> c\n" }.joined()
    let folder = try Folder([
      "wide.yaml": "latent: 1\nvariables:\n\(variables)  c: {states: [n, y]}\nedges:\n\(edges)", "c.csv": "c\ny\n",
    ])
    let run = try Tool.run("plan", "wide.yaml", "c.csv", "--memory-limit", "1", in: folder)
    let sentence =
      "exact inference needs one table over p0, p1, p2, p3, p4, p5, p6, p7 and 10 more with 262144 joint states, that "
      + "is 2 MiB, above the limit of 1 MiB; raise the limit, remove edges or observe more variables\n"
    #expect(run == ToolRun(status: 65, standardOutput: "", standardError: sentence))
  }

  /// Zeros of a fixed table stay in every start.
  @Test func refusesWhatAFixedTableRulesOut() throws {
    let model = try #require(RowExamples.files["rain.yaml"])
    let folder = try Folder([
      "fixed.yaml": model.replacing("states: [off, on]", with: "states: [off, on], fixed: true"),
      "d.csv": "rain,sprinkler,grass\nno,on,\nyes,on,wet\n",
    ])
    let run = try Tool.run("plan", "fixed.yaml", "d.csv", in: folder)
    let sentence =
      "d.csv: 1 row has probability 0 under fixed.yaml: line 3 (P(sprinkler=on | rain=yes) is 0); correct the cells, or "
      + "the zeros of the model\n"
    #expect(run == ToolRun(status: 65, standardOutput: "", standardError: sentence))
  }
}
