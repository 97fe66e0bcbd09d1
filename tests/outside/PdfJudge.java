import java.io.File;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF about files: PdfJudge {3a|ua1} FILE... A line for each: verdict, flavour, file, clauses broken. */
public class PdfJudge {
  public static void main(String[] arguments) {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour flavour = PDFAFlavour.fromString(arguments[0]);
    for (int each = 1; each < arguments.length; each++) {
      System.out.println(judge(flavour, arguments[each]));
    }
  }

  private static String judge(PDFAFlavour flavour, String name) {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(name), flavour)) {
      PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
      ValidationResult result = validator.validate(parser);
      Set<String> broken = new TreeSet<>();
      for (TestAssertion said : result.getTestAssertions()) {
        if (said.getStatus() == TestAssertion.Status.FAILED) {
          broken.add(said.getRuleId().getClause() + "-" + said.getRuleId().getTestNumber());
        }
      }
      return line(result.isCompliant() ? "PASS" : "FAIL", flavour, name, broken.toString());
    } catch (Exception error) {
      return line("ERROR", flavour, name, error.toString().replaceAll("\\s+", " "));
    }
  }

  private static String line(String verdict, PDFAFlavour flavour, String name, String clauses) {
    return String.join("\t", verdict, flavour.getId(), name, clauses);
  }
}
