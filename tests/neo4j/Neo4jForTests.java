import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * A Neo4j Community server for the tests. Usage: Neo4jForTests HOME, the password on the first line of standard input.
 * Says "READY bolt://127.0.0.1:PORT" when it answers and ends when standard input closes, so it never outlives its parent.
 */
public final class Neo4jForTests {
    private static final List<String> SETTINGS = List.of(
            "server.bolt.enabled=true",
            "server.bolt.listen_address=127.0.0.1:0",
            "dbms.security.auth_enabled=true",
            "dbms.usage_report.enabled=false",
            "server.memory.pagecache.size=64m",
            // A new store would take 517 MB of preallocated logs.
            "db.tx_log.preallocate=false",
            // A clean stop would take ten seconds.
            "internal.server.bolt.thread_pool_shutdown_wait_time=1ms");

    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        String password = readLine();
        Path settings = Files.createDirectories(home.resolve("conf")).resolve("neo4j.conf");
        Files.write(settings, SETTINGS);
        DatabaseManagementService server =
                new DatabaseManagementServiceBuilder(home).loadPropertiesFromFile(settings).build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        // Embedded transactions are not subject to authentication.
        server.database("system").executeTransactionally(
                "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
        System.out.println("READY bolt://127.0.0.1:" + portOf(server));
        System.out.flush();
        while (System.in.read() >= 0) {
            // Nothing is asked of us but to go on until the end of the input.
        }
        System.exit(0);
    }

    private static int portOf(DatabaseManagementService server) {
        GraphDatabaseAPI database = (GraphDatabaseAPI) server.database("neo4j");
        return database.getDependencyResolver()
                .resolveDependency(ConnectorPortRegister.class)
                .getLocalAddress(ConnectorType.BOLT)
                .getPort();
    }

    private static String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = System.in.read(); c >= 0 && c != '\n'; c = System.in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
