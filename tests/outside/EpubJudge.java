import com.adobe.epubcheck.tool.EpubChecker;

/** Asks EPUBCheck about each file in one process, because starting it costs more than a file. */
public final class EpubJudge {
    public static void main(String[] files) {
        System.setErr(System.out);
        for (String file : files) {
            System.out.println("FILE\t" + file);
            int status = new EpubChecker().run(new String[] {file, "--usage"});
            System.out.println("STATUS\t" + status);
        }
    }
}
