package dev.minotaur.auth.jdbi.mutation;

import dev.minotaur.auth.jdbi.JdbiAuthStores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Loads the stores and their tests anew, with another text in place of one constant. */
final class ChangedClasses extends ClassLoader {

    private static final String PACKAGE = JdbiAuthStores.class.getPackageName() + ".";

    private final String constant;
    private final String instead;

    ChangedClasses(String constant, String instead) {
        super(ChangedClasses.class.getClassLoader());
        this.constant = constant;
        this.instead = instead;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean anew = name.startsWith(PACKAGE) && name.indexOf('.', PACKAGE.length()) < 0;
        if (!anew) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = changed(file.readAllBytes());
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** Copies the constants one by one, and the rest as it is. */
    private byte[] changed(byte[] code) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(code));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(in.readNBytes(8));
        int constants = in.readUnsignedShort();
        out.writeShort(constants);
        for (int i = 1; i < constants; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            switch (tag) {
                case 1 -> {
                    String text = in.readUTF();
                    out.writeUTF(text.equals(constant) ? instead : text);
                }
                case 7, 8, 16, 19, 20 -> out.write(in.readNBytes(2));
                case 15 -> out.write(in.readNBytes(3));
                case 5, 6 -> {
                    out.write(in.readNBytes(8));
                    i++;
                }
                default -> out.write(in.readNBytes(4));
            }
        }
        out.write(in.readAllBytes());
        return bytes.toByteArray();
    }
}
