/// A program that asks Parallax. On the class path, this file is passed over.
module example.mood {
    requires dev.parallax;
}
