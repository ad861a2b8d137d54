import Foundation
import Testing

@Suite struct ScoreTests {
  @Test func help() throws {
    try Screen(
      name: "help", arguments: ["score", "--help"],
      output: """
        OVERVIEW: The log-likelihood of the observed cells under a model, AIC and BIC.

        The log-likelihood sums log p(observed cells) over the rows, by weight; missing
        cells and latent variables are summed out. A row of probability 0 makes it
        -inf.

        Example: latent score fitted.yaml survey.csv --rows -o rows.csv

        USAGE: latent score [<options>] <fitted> <data>

        ARGUMENTS:
          <fitted>                The model with its parameters. - is standard input.
          <data>                  The table. - is standard input.

        DATA:
          --missing <token>       Read TOKEN as a missing cell, besides the empty cell,
                                  NA, N/A, NaN, null, ? and those of the model file;
                                  repeatable, or several with commas. COLUMN=TOKEN for
                                  one column.
          --only-missing <token>  Read TOKEN as a missing cell, and no other token;
                                  repeatable.
          --weights <column>      The column that holds the weight of each row.
          --ignore-columns        Pass over columns that the model does not know.
          --hide <column>         Answer as if COLUMN had not been seen; repeatable.
                                  Answers about it are compared with its cells.

        OPTIONS:
          --rows                  Write one row per row of DATA: the columns that the
                                  model does not know, and log_likelihood of the row
                                  taken once.
          --keep-zeros            Count the zeros of the model as structure, not as
                                  free parameters.
          -o, --output <file>     Write to FILE; default: standard output.
          --json                  Write one JSON object.
          --quiet                 Print results and errors only.
          --memory-limit <MiB>    Refuse exact inference whose tables need more memory
                                  than this, in MiB. (default: 2048)
          --version               Show the version.
          -h, --help              Show help information.


        """
    ).check()
  }

  static let screens = [
    Screen(
      name: "a table for people",
      arguments: ["score", "classes.yaml", "votes.csv", "--weights", "w", "--ignore-columns"],
      output: """
        log-likelihood    -4.223422
        free parameters   5
        AIC, BIC          18.447, 16.494
        rows              4, 2 of them complete
        weight            5.0
        missing cells     3
        latent variables  bloc

        """),
    Screen(
      name: "structural zeros are not free",
      arguments: ["score", "rain.yaml", "grass.csv", "--keep-zeros", "--ignore-columns"],
      output: """
        log-likelihood   -4.045014
        free parameters  4
        AIC, BIC         16.090, 13.635
        rows             4, 0 of them complete
        missing cells    6

        """),
    Screen(
      name: "JSON",
      arguments: ["score", "classes.yaml", "votes.csv", "--json", "--weights", "w", "--ignore-columns"],
      output: """
        {
          "aic" : 18.446843208994487,
          "bic" : 16.49403277116499,
          "complete_rows" : 2,
          "free_parameters" : 5,
          "impossible_rows" : [

          ],
          "incomplete_rows" : 2,
          "latent_variables" : [
            "bloc"
          ],
          "log_likelihood" : -4.223421604497243,
          "missing_cells" : 3,
          "of_a_density" : false,
          "rows" : 4,
          "total_weight" : 5
        }

        """),
    Screen(
      name: "rows",
      arguments: ["score", "classes.yaml", "votes.csv", "--rows", "--weights", "w", "--ignore-columns"],
      output: """
        id;log_likelihood
        "one; two";-1.1631508098056809
        2;-0.6931471805599453
        3;-0.6931471805599453
        4;0.0
        5;-1.6739764335716716

        """,
      errors: """
        log-likelihood -4.223421604497243

        """),
    Screen(
      name: "impossible rows",
      arguments: ["score", "rain.yaml", "impossible.csv"],
      output: """
        log-likelihood   -inf
        free parameters  7
        AIC, BIC         inf, inf
        rows             4, 2 of them complete
        missing cells    2

        """,
      errors: """
        impossible.csv: 2 rows have probability 0 under rain.yaml: line 3 (P(sprinkler=on | rain=yes) is 0), line 5 \
        (P(grass=wet | rain=no, sprinkler=off) is 0); correct the cells, or the zeros of the model

        """),
    Screen(
      name: "impossible rows, one by one",
      arguments: ["score", "rain.yaml", "impossible.csv", "--rows", "--quiet", "-o", "out.csv"],
      file: """
        log_likelihood
        -0.7576857016975165
        -inf
        -0.9808292530117262
        -inf

        """),
    Screen(
      name: "impossible rows in JSON",
      arguments: ["score", "rain.yaml", "impossible.csv", "--rows", "--json", "--quiet"],
      output: """
        {
          "aic" : null,
          "bic" : null,
          "complete_rows" : 2,
          "free_parameters" : 7,
          "impossible_rows" : [
            2,
            4
          ],
          "incomplete_rows" : 2,
          "latent_variables" : [

          ],
          "log_likelihood" : null,
          "missing_cells" : 2,
          "of_a_density" : false,
          "row_log_likelihoods" : [
            -0.7576857016975165,
            null,
            -0.9808292530117262,
            null
          ],
          "rows" : 4,
          "total_weight" : 4
        }

        """),
  ]

  @Test(arguments: screens) func showsTheWholeScreen(_ screen: Screen) throws { try screen.check() }

  static let refusals = [
    RefusedRun(
      name: "no rows of weight",
      arguments: ["score", "rain.yaml", "weightless.csv", "--weights", "w", "-o", "out.csv"],
      status: 65,
      sentence: "weightless.csv: every row has weight 0, so there is nothing to score"),
    RefusedRun(
      name: "no parameters", arguments: ["score", "structure.yaml", "complete.csv"],
      status: 65,
      sentence: "structure.yaml: variables rain, sprinkler, grass have no parameters; learn them with latent fit"),
  ]

  @Test(arguments: refusals) func refusesInOneSentence(_ refusal: RefusedRun) throws { try refusal.check() }

  /// A fitted model scores what `fit` said of it: to the last bit where both complete the same cells, else but for the
  /// rounding of the sums, each 1, over cells that nothing observed depends on.
  @Test(arguments: [("minimal", 0), ("full", 1e-15)]) func agreesWithFit(completion: String, within: Double) throws {
    let folder = try Folder(RowExamples.files)
    let data = ["votes.csv", "--weights", "w", "--ignore-columns", "--json"]
    let fit = try Tool.run(
      ["fit", "classes.yaml"] + data + ["-o", "fitted.yaml", "--start", "random", "--completion", completion],
      in: folder)
    let score = try Tool.run(["score", "fitted.yaml"] + data, in: folder)
    struct Report: Decodable {
      let logLikelihood, aic, bic: Double
      let freeParameters, rows, missingCells: Int

      var real: [Double] { [logLikelihood, aic, bic] }
      var whole: [Int] { [freeParameters, rows, missingCells] }
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let reports = try [fit, score].map { try decoder.decode(Report.self, from: Data($0.standardOutput.utf8)) }
    #expect(reports[0].whole == reports[1].whole)
    #expect(zip(reports[0].real, reports[1].real).allSatisfy { ($0 - $1).magnitude <= within * $0.magnitude })
  }
}
